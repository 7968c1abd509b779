/** One run as a story: its journal and what its agents did, with who did it, and what befell them meanwhile. */
import type { Evidence } from '../crash/evidence.ts';
import { complaint, type Logged } from './log.ts';
import type { TimedLine } from './provider.ts';
import type { Written } from './witness.ts';

export interface Sources {
  readonly evidence: Evidence;
  readonly lines: readonly TimedLine[];
  readonly written: readonly Written[];
  readonly log: readonly Logged[];
  /** Names of processes, by their number. */
  readonly names: readonly string[];
}

interface Told {
  readonly at: number;
  readonly who: string;
  readonly text: string;
}

const longest = 120;

export function storyOf(run: string, { evidence, lines, written, log, names }: Sources): readonly string[] {
  const entries = evidence.stories.get(run)?.entries ?? [];
  const writes = new Map(written.filter((one) => one.run === run).map((one) => [one.seq, one]));
  const journal = entries.map(({ seq, at, events }): Told => {
    const write = writes.get(seq);
    const texts = events.map(({ type, ...rest }) => `${type} ${short(rest)}`);
    return { at: write?.at ?? at, who: write?.writer ?? '?', text: `journal ${seq}: ${texts.join('; ')}` };
  });
  const outside = lines
    .filter((line) => 'run' in line && line.run === run)
    .map(({ when, incarnation, is, ...rest }): Told => ({ at: when, who: names[incarnation] ?? 'driver', text: `${is} ${short(rest)}` }));
  const own = [...journal, ...outside];
  const [from, to] = [Math.min(...own.map(({ at }) => at)) - 1000, Math.max(...own.map(({ at }) => at)) + 1000];
  // What a node says of other runs is theirs to tell.
  const concerns = (text: string): boolean => !text.startsWith(complaint) || text.startsWith(`${complaint}${run}:`);
  const around = log
    .filter(({ at, text }) => at >= from && at <= to && concerns(text))
    .map(({ at, node, text }): Told => ({ at, who: node ?? '', text: `* ${text}` }));
  const all = [...own, ...around].sort((a, b) => a.at - b.at);
  const began = all[0]?.at ?? 0;
  const shown = all.length <= longest ? all : [...all.slice(0, longest / 2), ...all.slice(-longest / 2)];
  return [
    `The story of ${run}${all.length > shown.length ? ` (${all.length - shown.length} lines in its middle left out)` : ''}`,
    ...shown.map(({ at, who, text }) => `${((at - began) / 1000).toFixed(3).padStart(9)}  ${who.padEnd(6)} ${text}`),
  ];
}

function short(value: object): string {
  const text = JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`;
}
