/** A failing world as a short story: what there was, what happened, what broke. */
import type { Shrunk } from './shrink.ts';
import { stepsOf, type Command, type Fault, type Scenario } from './world/scenario.ts';
import type { Line } from './world/trace.ts';

const longest = 60;

export function story(seed: number, { scenario, outcome }: Shrunk): string {
  const { violation, trace } = outcome;
  const run = violation?.run;
  const about = trace.lines.filter((line) => line.run === undefined || run === undefined || related(line.run, run));
  const left = about.length > longest ? [`  … ${about.length - longest} lines before`] : [];
  return [
    `seed ${seed} breaks a promise: ${violation?.check ?? 'none'}`,
    `  ${run === undefined ? '' : `run ${run}: `}${violation?.message ?? ''}`,
    '',
    'The smallest world that was found to show it',
    ...cast(scenario).map((line) => `  ${line}`),
    '',
    'What happened',
    ...left,
    ...about.slice(-longest).map(words),
    '',
    `Again: npm run sim -- --seed ${seed}${scenario.nodes === undefined ? '' : ' --nodes'} --trace`,
  ].join('\n');
}

/** A run, those that it called, and those that called it. */
function related(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}~`) || other.startsWith(`${one}~`);
}

export function words({ at, who, run, text }: Line): string {
  return `  ${at.toFixed(1).padStart(9)} ms  ${who.padEnd(8)}${run === undefined ? '' : `${run}: `}${text}`;
}

function cast({ plans, starts, commands, faults, agents, store, nodes = [] }: Scenario): readonly string[] {
  const used = new Set(starts.map(({ plan }) => plan));
  const callsOther = [...used].some((name) => JSON.stringify(plans[name]).includes('"other"'));
  const shown = Object.entries(plans).filter(([name]) => used.has(name) || (name === 'other' && callsOther));
  const habits = Object.entries(agents).filter(([, share]) => Number(share) > 0);
  return [
    ...shown.flatMap(([name, plan]) => [`plan ${name}`, ...planLines(plan)]),
    ...starts.map(({ run, plan, at, twice }) => `${run} goes by ${plan}; it is started at ${at} ms${twice ? ', twice' : ''}`),
    ...commands.map((one) => `at ${one.at} ms: ${commandWords(one)}`),
    ...faults.map((fault) => `at ${fault.at} ms: ${faultWords(fault)}`),
    `agents: ${habits.length === 0 ? 'good' : habits.map(([habit, share]) => `${habit} ${String(share)}`).join(', ')}`,
    ...nodes.map(({ hosts, ...rest }, place) => `node ${place}: agents ${hosts.join(', ') || 'none'} ${JSON.stringify(rest)}`),
    `store: up to ${store.latency} ms each way, ${store.ordered ? 'in order' : 'in any order'}`,
  ];
}

function planLines(plan: object): readonly string[] {
  const { id: _, steps: __, ...options } = plan as { readonly id: string; readonly steps: unknown };
  const lines = stepsOf(plan).map(({ id, kind = 'step', dependencies = [], ...rest }) => {
    const after = dependencies.length === 0 ? '' : ` after ${dependencies.join(', ')}`;
    return `  ${id} ${kind}${after} ${JSON.stringify(rest)}`;
  });
  const rest = JSON.stringify(options);
  return rest === '{}' ? lines : [...lines, `  ${rest}`];
}

function commandWords({ run, via, what, twice }: Command): string {
  const { do: verb, ...rest } = what;
  return `${verb} ${run} by ${via}${twice ? ', sent twice' : ''}${Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`}`;
}

function faultWords({ at: _, ...fault }: Fault): string {
  const { is, ...rest } = fault;
  return `${is} ${JSON.stringify(rest)}`;
}
