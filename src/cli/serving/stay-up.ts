/**
 * Keeps a process at work until it is told to end.
 *
 * U1. The first signal ends it in order: nothing new is taken, what is in hand is finished or, after the deadline,
 *     handed back. The second ends it at once. Either way nothing is lost that was written down.
 * U2. The health routes answer until the very end, so that whoever sends work can see that none is taken.
 */
import { hostname } from 'node:os';
import { healthTools, type Watched } from '../../compose.ts';
import type { AgentStatus } from '../../engine/registry.ts';
import { exitCodes } from '../exit-codes.ts';
import { interruptions, type Interruptions } from '../run/interruptions.ts';
import { reportStrayErrors } from '../run/stray-errors.ts';
import type { Shell } from '../shell.ts';
import { version } from '../version.ts';
import { introduce, teller, type Say } from './happening.ts';
import { watchParts, type Backend } from './watch-parts.ts';

/** An engine or a worker, as far as its process must know it. */
export interface Working {
  agents(): readonly AgentStatus[];
  drain(deadline: number): Promise<'finished' | 'handed back'>;
  close(): Promise<void>;
}

export interface StayOptions {
  readonly host?: string;
  readonly port: number;
  /** How long work in hand may take when it is told to end, in milliseconds. */
  readonly drain: number;
  readonly json: boolean;
}

export interface Staying {
  readonly shell: Shell;
  readonly options: StayOptions;
  readonly role: 'engine' | 'worker';
  readonly backend: Backend;
  /** What it does, for the introduction. */
  readonly facts: readonly (readonly [string, string])[];
  /** Begins the work; whatever goes wrong later is said to `say`. */
  readonly open: (say: Say) => Promise<Working>;
  /** What it answers with while it works; the health routes alone when absent. */
  readonly listen?: (watched: Watched) => Promise<Listening>;
}

export interface Listening {
  readonly facts: readonly (readonly [string, string])[];
  close(): Promise<void>;
}

export async function stayUp(staying: Staying): Promise<number> {
  const { shell, options, backend } = staying;
  const say = teller(shell, options.json);
  // Agents print when they like, and what programs read must be whole lines.
  const handBack = options.json ? shell.out.takeOver((text) => void shell.err.stream.write(text)) : () => undefined;
  const heedless = reportStrayErrors(shell.err);
  const stop = interruptions();
  // What waits for other processes alone has no timer that would keep this one there.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const working = await staying.open(say);
    try {
      return await attended(staying, working, say, stop);
    } finally {
      await working.close();
    }
  } finally {
    clearInterval(alive);
    stop.close();
    heedless();
    handBack();
    await backend.close();
  }
}

async function attended(staying: Staying, working: Working, say: Say, stop: Interruptions): Promise<number> {
  const { shell, options, role, backend, facts, listen = health(options) } = staying;
  let isDraining = false;
  const name = `${hostname()}:${process.pid}`;
  const agents = (): readonly AgentStatus[] => working.agents();
  const listening = await listen({ role, version, name, startedAt: Date.now(), backend, agents, draining: () => isDraining });
  const unwatch = watchParts(backend, say);
  try {
    introduction({
      shell,
      options,
      name: role === 'worker' ? 'continuo worker' : 'continuo serve',
      facts: [
        ['process', name],
        ...(backend.fleet === undefined ? [] : [['node', backend.fleet.node] as const]),
        ['store', backend.location],
        ...facts,
        ...listening.facts,
      ],
    });
    await told(stop.signal);
    isDraining = true;
    const inHand = working.agents().reduce((sum, { running }) => sum + running, 0);
    say({ event: 'draining', inHand, deadline: options.drain });
    const how = await working.drain(options.drain);
    say({ event: 'ended', how });
    return how === 'finished' ? exitCodes.succeeded : exitCodes.handedBack;
  } finally {
    unwatch();
    await listening.close();
  }
}

function health({ host, port }: StayOptions): NonNullable<Staying['listen']> {
  return async (watched) => {
    const { openHealth } = await healthTools();
    const server = await openHealth({ watched, port, ...(host === undefined ? {} : { host }) });
    return { facts: [['health', `${server.url}/status`]], close: () => server.close() };
  };
}

function introduction({ shell, options, name, facts }: Pick<Staying, 'shell' | 'options' | 'facts'> & { readonly name: string }): void {
  const { out } = shell;
  if (options.json) out.line(JSON.stringify({ at: new Date().toISOString(), event: 'up', version, ...Object.fromEntries(facts) }));
  else introduce(out, `${name} ${version}`, facts);
}

function told(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
