/** How the documentation looks. All of it is in the page: nothing comes from elsewhere, and nothing runs. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --dim: #60656c; --paper: #fcfcfd; --card: #fff; --line: #e0e1e6; --code: #f4f4f7; --link: #0b68cb;
  --get: #0b68cb; --post: #1f7a4d; --put: #9a5b00; --delete: #c62a2f; }
@media (prefers-color-scheme: dark) { :root { --ink: #edeef0; --dim: #a0a4ab; --paper: #111214; --card: #191b1e; --line: #2f3237; --code: #202328; --link: #70b8ff;
  --get: #70b8ff; --post: #4cc38a; --put: #f1b04c; --delete: #ff7b7f; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
.frame { display: grid; grid-template: 'nav header' auto 'nav main' 1fr / 19rem minmax(0, 1fr); max-width: 84rem; margin: 0 auto; }
header { grid-area: header; padding: 2rem 2rem 0; min-width: 0; }
nav { grid-area: nav; position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 2rem 1rem 2rem 1.25rem; border-right: 1px solid var(--line); font-size: .88rem; }
nav h2:first-child { margin-top: 0; } nav h2 { margin: 1.1rem 0 .25rem; font-size: .8rem; color: var(--dim); font-weight: 600; text-transform: capitalize; }
nav ul { list-style: none; margin: 0; padding: 0; } nav li { padding: .1rem 0; }
nav li a { color: var(--ink); display: flex; gap: .5rem; }
nav .method { flex: 0 0 3.2rem; }
main { grid-area: main; padding: 0 2rem 6rem; min-width: 0; }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; } h1 small { font-size: 1rem; font-weight: 400; color: var(--dim); }
section > h2 { margin: 3rem 0 .25rem; font-size: 1.4rem; text-transform: capitalize; }
p { margin: .5rem 0; max-width: 48rem; } .dim { color: var(--dim); }
article { margin: 1.25rem 0 2rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
article h3 { margin: 0; font-size: 1.05rem; } article h4 { margin: 1.1rem 0 .35rem; font-size: .8rem; color: var(--dim); font-weight: 600; }
.route { display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; margin-top: .3rem; font: 600 .92rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.method { font: 600 .78rem/1.7 ui-monospace, monospace; text-transform: uppercase; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); } .delete { color: var(--delete); }
code { font: .88em ui-monospace, monospace; background: var(--code); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { margin: 0; padding: .8rem 1rem; background: var(--code); border-radius: 8px; overflow: auto; max-height: 26rem; font: .84rem/1.5 ui-monospace, monospace; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
td, th { padding: .35rem .8rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; } th { font-weight: 500; color: var(--dim); font-size: .82rem; }
td:first-child { white-space: nowrap; } td:nth-child(2) { color: var(--dim); } td:last-child { min-width: 12rem; }
summary { cursor: pointer; margin-top: .9rem; color: var(--dim); font-size: .88rem; } details[open] summary { margin-bottom: .4rem; }
@media (max-width: 56rem) { .frame { display: block; } header { padding: 1.25rem 1rem; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 0 1rem 4rem; } }
`;
