/** The fleet as tables: who is there and until when, and where the work is. */
import type { FleetView } from '../../compose.ts';
import type { Paint } from '../terminal/screen.ts';
import { table } from '../terminal/table.ts';
import { span } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';

export function nodeLines(view: FleetView, now: number, columns: number, paint: Paint): readonly string[] {
  const { nodes, agents, unheard } = view;
  const dim = (text: string): string => paint('dim', text);
  return [
    ...(nodes.length === 0
      ? [dim(unheard.length > 0 ? 'which nodes there are is not known' : 'no node is there: nothing moves until one is')]
      : nodesTable(view, now, columns, paint)),
    '',
    ...(agents.length === 0
      ? [dim(unheard.length > 0 ? 'who hosts which agents is not known' : 'no node hosts an agent')]
      : agentsTable(agents, columns, paint)),
    ...unheard.map((one) => `${paint('yellow', 'note')}: ${oneLine(one)}`),
  ];
}

function nodesTable({ nodes, agents, unheard }: FleetView, now: number, columns: number, paint: Paint): readonly string[] {
  const heads = [
    { head: 'NODE', atMost: 32 },
    { head: 'ROLE' },
    { head: 'UP', align: 'right' as const },
    { head: 'LEASE', align: 'right' as const },
    { head: 'OLDEST ATTEMPT', align: 'right' as const },
    { head: 'HOSTS' },
  ];
  const rows = nodes.map(({ name, role, joinedAt, livesUntil, asOf, oldestAttempt, hosts }) => [
    oneLine(name),
    role,
    span(asOf - joinedAt),
    livesUntil > asOf ? `${span(livesUntil - asOf)} left` : { text: 'run out', paint: (text: string) => paint('red', text) },
    oldestAttempt === undefined ? '–' : span(now - oldestAttempt),
    hosts.length === 0 && agents.length === 0 && unheard.length > 0
      ? '?'
      : hosts.length === 0
        ? { text: 'nothing', paint: (text: string) => paint('dim', text) }
        : hosts.map(oneLine).join(', '),
  ]);
  return table(heads, rows, columns, paint);
}

function agentsTable(agents: FleetView['agents'], columns: number, paint: Paint): readonly string[] {
  const heads = [
    { head: 'AGENT', atMost: 40 },
    { head: 'WAITING', align: 'right' as const },
    { head: 'IN HAND', align: 'right' as const },
    { head: 'NODES' },
  ];
  const rows = agents.map(({ id, waiting, inHand, nodes }) => [
    oneLine(id),
    waiting === undefined ? '–' : String(waiting),
    inHand === undefined ? '–' : String(inHand),
    nodes.length === 0 ? { text: 'none', paint: (text: string) => paint('red', text) } : String(nodes.length),
  ]);
  return table(heads, rows, columns, paint);
}
