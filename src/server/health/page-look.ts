/** How the page looks, and how it keeps itself fresh: all of it in the page, because in an outage nothing else may be there. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --dim: #60656c; --paper: #fcfcfd; --card: #fff; --line: #e0e1e6;
  --good: #1f7a4d; --bad: #c62a2f; --odd: #9a5b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --dim: #a0a4ab; --paper: #111214; --card: #191b1e; --line: #2f3237;
  --good: #4cc38a; --bad: #ff7b7f; --odd: #f1b04c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { display: flex; align-items: center; gap: .75rem; margin: 0; font-size: 1.9rem; line-height: 1.2; }
h1 small { font-size: 1rem; font-weight: 400; color: var(--dim); }
h2 { margin: 2.25rem 0 .6rem; font-size: 1rem; }
p { margin: .35rem 0; }
.dim { color: var(--dim); }
.good { color: var(--good); } .bad { color: var(--bad); } .odd { color: var(--odd); }
.reasons { margin: 1rem 0 0; padding: .75rem 1rem; border-left: 4px solid currentColor; background: var(--card); border-radius: 0 6px 6px 0; }
.reasons span { color: var(--ink); }
#stale { margin: 0; padding: .6rem 1.25rem; background: var(--bad); color: var(--paper); font-weight: 600; text-align: center; position: sticky; top: 0; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem; }
.part { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-wrap: anywhere; }
.part b { display: block; }
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .9rem; text-align: left; vertical-align: top; white-space: nowrap; }
th { font-weight: 500; font-size: .85rem; color: var(--dim); border-bottom: 1px solid var(--line); }
tr + tr td { border-top: 1px solid var(--line); }
td.number, th.number { text-align: right; }
td.text { white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
@media (max-width: 46rem) { main { padding: 1.25rem .75rem 3rem; } th, td { padding: .35rem .5rem; font-size: .85rem; } td.text { min-width: 9rem; } }
`;

/** The page asks again by itself, and when nobody answers it says so and keeps what it knew. */
export const script = `
const every = 2000;
let heard = Date.now();
async function again() {
  const stale = document.getElementById('stale');
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(5000) });
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = next.querySelector('main');
    if (!answer.ok || main === null) throw new Error(String(answer.status));
    document.querySelector('main').replaceWith(main);
    document.title = next.title;
    heard = Date.now();
    stale.hidden = true;
  } catch {
    stale.hidden = false;
    stale.textContent = 'No answer for ' + Math.round((Date.now() - heard) / 1000) + ' s: below is what was last heard.';
    document.title = '✖ no answer';
  }
  setTimeout(again, every);
}
setTimeout(again, every);
`;
