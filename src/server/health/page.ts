/** The status for a browser. What matters most stands first, and nothing is said by colour alone. */
import { createHash } from 'node:crypto';
import type { AgentStatus } from '../../engine/registry.ts';
import type { PartHealth } from '../../ports/exchange.ts';
import { script, style } from './page-look.ts';
import type { AgentRow, NodeRow, Standing, Status } from './watched.ts';
import { escaped, spanWords } from './words.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page runs its own script and style, and nothing that an agent's name or an error could bring in. */
export const contentPolicy: string = `default-src 'none'; connect-src 'self'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

type Tone = 'good' | 'bad' | 'odd' | 'dim';

interface Mark {
  readonly sign: string;
  readonly tone: Tone;
}

const standings: Readonly<Record<Standing, Mark>> = {
  ready: { sign: '●', tone: 'good' },
  draining: { sign: '◐', tone: 'odd' },
  'not ready': { sign: '✖', tone: 'bad' },
};

const parts: Readonly<Record<PartHealth['is'], Mark & { readonly says: string }>> = {
  up: { sign: '●', tone: 'good', says: 'up' },
  trying: { sign: '◐', tone: 'odd', says: 'being tried again' },
  away: { sign: '✖', tone: 'bad', says: 'away' },
};

const healths: Readonly<Record<AgentStatus['health'], Mark>> = {
  idle: { sign: '○', tone: 'dim' },
  busy: { sign: '●', tone: 'good' },
  degraded: { sign: '◐', tone: 'odd' },
  offline: { sign: '✖', tone: 'bad' },
};

const limited: Mark = { sign: '◐', tone: 'odd' };

const markOf = ({ is, hindered }: Status): Mark => (is === 'ready' && hindered.length > 0 ? limited : standings[is]);

export function page(status: Status): string {
  const { sign } = markOf(status);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${sign} ${status.is} · ${escaped(status.name)}</title>
<style>${style}</style>
</head>
<body>
<p id="stale" role="alert" hidden></p>
<main>
${[head(status), standsOn(status), unheard(status), agents(status), nodes(status)].filter((part) => part !== '').join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function head(status: Status): string {
  const {
    is,
    reasons,
    hindered,
    name,
    role,
    version,
    startedAt,
    now,
    store,
    parts: standing,
    inHand,
    lateness,
    node,
    agents: rows,
  } = status;
  const { sign, tone } = markOf(status);
  const waiting = rows.reduce((sum, row) => sum + (row.waiting ?? 0), 0);
  const facts = [
    `${role} ${escaped(version)}`,
    `up for ${spanWords(now - startedAt)}`,
    `<b>${inHand}</b> ${inHand === 1 ? 'attempt' : 'attempts'} in hand here`,
    ...(rows.some((row) => row.waiting !== undefined) ? [`<b>${waiting}</b> waiting in the queues`] : []),
    ...(lateness >= 100 ? [`<span class="odd">the event loop was late by ${lateness} ms</span>`] : []),
  ];
  const why = [...reasons, ...hindered].map((reason) => `<p><span>${escaped(reason)}</span></p>`).join('');
  return [
    `<h1><span class="${tone}" aria-hidden="true">${sign}</span><span class="${tone}">${is}</span><small>${escaped(name)}</small></h1>`,
    `<p>${facts.join(' · ')}</p>`,
    // Where the parts are, stands beside each.
    standing.length > 0 ? '' : `<p class="dim">${escaped(store.name)} at ${escaped(store.location)}</p>`,
    node === undefined ? '' : `<p class="dim">node ${escaped(node)}</p>`,
    why === '' ? '' : `<div class="reasons ${tone}">${why}</div>`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function standsOn({ parts: rows, now }: Status): string {
  if (rows.length === 0) return '';
  const cards = rows.map(({ part, at, is, since, error }) => {
    const { sign, tone, says } = parts[is];
    const wrong = error === undefined || is === 'up' ? '' : `<p class="dim">${escaped(error)}</p>`;
    return `<div class="part"><b>${escaped(part)}</b>${at === undefined ? '' : `<p class="dim">${escaped(at)}</p>`}<span class="${tone}">${sign} ${says}</span> <span class="dim">for ${spanWords(now - since)}</span>${wrong}</div>`;
  });
  return `<h2>What it stands on</h2>\n<div class="parts">${cards.join('')}</div>`;
}

function unheard({ unheard: those, parts: rows }: Status): string {
  if (those.length === 0) return '';
  // Why, what is away has said already.
  if (rows.some(({ is }) => is !== 'up'))
    return `<p class="dim">Not to be asked meanwhile: ${escaped(those.map((one) => one.split(':')[0] ?? one).join(', '))}.</p>`;
  return `<h2>What could not be asked</h2>\n${those.map((one) => `<p class="odd">${escaped(one)}</p>`).join('')}`;
}

function agents({ agents: rows, now }: Status): string {
  if (rows.length === 0) return '<h2>Agents</h2>\n<p class="dim">none here, and none that other nodes announce</p>';
  const heads = ['Agent', 'Health here', '#At work', '#Waiting', '#In hand', '#Done', '#Failed', '#Mean', 'Nodes', 'Last error'];
  return section(
    'Agents',
    heads,
    rows.map((row) => agentCells(row, now)),
  );
}

function agentCells({ id, here, nodes: hosts, waiting, inHand }: AgentRow, now: number): readonly string[] {
  const none = '<span class="dim">–</span>';
  const number = (value: number | undefined): string => (value === undefined ? none : String(value));
  return [
    `<b>${escaped(id)}</b>${here === undefined ? '' : ` <span class="dim">${escaped(here.version)}</span>`}`,
    here === undefined ? '<span class="dim">elsewhere</span>' : healthCell(here, now),
    here === undefined ? none : `${here.running}${here.concurrency === undefined ? '' : ` of ${here.concurrency}`}`,
    number(waiting),
    number(inHand),
    number(here?.succeeded),
    here !== undefined && here.failed > 0 ? `<span class="bad">${here.failed}</span>` : number(here?.failed),
    here?.meanMilliseconds === undefined ? none : meanWords(here.meanMilliseconds),
    hosts.length === 0 ? none : String(hosts.length),
    here?.lastError === undefined ? '' : `<span class="dim">${escaped(here.lastError.slice(0, 300))}</span>`,
  ];
}

function healthCell({ health, restsUntil }: AgentStatus, now: number): string {
  const { sign, tone } = healths[health];
  const rest = restsUntil === undefined ? '' : ` <span class="dim">tried again in ${spanWords(restsUntil - now)}</span>`;
  return `<span class="${tone}">${sign} ${health}</span>${rest}`;
}

const meanWords = (milliseconds: number): string => (milliseconds < 10_000 ? `${milliseconds} ms` : spanWords(milliseconds));

function nodes({ nodes: rows, node, now }: Status): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row: NodeRow) => [
    `<b>${escaped(row.name)}</b>${row.node === node ? ' <span class="good">this one</span>' : ''}`,
    row.role,
    spanWords(row.asOf - row.joinedAt),
    row.livesUntil <= row.asOf ? '<span class="bad">run out</span>' : `${spanWords(row.livesUntil - row.asOf)} left`,
    row.oldestAttempt === undefined ? '<span class="dim">–</span>' : spanWords(now - row.oldestAttempt),
    row.hosts.length === 0 ? '<span class="dim">nothing</span>' : escaped(row.hosts.join(', ')),
  ]);
  return section('Nodes', ['Node', 'Role', '#Joined', '#Lease', '#Oldest attempt', 'Hosts'], cells);
}

/** Headings that begin with `#` stand over numbers; the last column takes what room there is. One with nothing in it is left out. */
function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const kind = (at: number): string =>
    heads[at]?.startsWith('#') === true ? ' class="number"' : at === heads.length - 1 ? ' class="text"' : '';
  const isUsed = heads.map((_, at) => rows.some((row) => row[at] !== ''));
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    row.map((cell, at) => (isUsed[at] === true ? `<${tag}${kind(at)}>${cell}</${tag}>` : '')).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<h2>${title}</h2>\n<div class="wide"><table><thead><tr>${cells(
    'th',
    heads.map((one) => one.replace('#', '')),
  )}</tr></thead><tbody>${body}</tbody></table></div>`;
}
