/**
 * The process of one attempt: it carries out one task and goes.
 *
 * C1. It ends when the engine says that the answer has arrived, so that no answer is lost with it.
 * C2. It does not outlive the engine's process.
 * C3. Its stdout is the agent's: nothing of the protocol passes there.
 */
import { Worker } from 'node:worker_threads';
import { asJson, Callbacks, childContext } from './child-context.ts';
import { findAction } from './find-action.ts';
import { childFile, lifelineDescriptor } from './layout.ts';
import { endOwnGroup } from './own-group.ts';
import { Peer } from './peer.ts';
import type { ChildSide, ParentSide, Task } from './protocol.ts';
import { fromWire } from './wire-error.ts';

if (process.send === undefined) throw new Error('this file is started by the engine, for one attempt of an agent');
const send = process.send.bind(process);

const callbacks = new Callbacks();
const stop = new AbortController();

const side: ChildSide = {
  run: async (task: Task) => {
    const action = await findAction(task);
    const output = await action.run(task.input, childContext(task.facts, parent, callbacks, stop.signal));
    return action.hasOutputSchema ? output : asJson(output, 'output');
  },
  invoke: (callback, args) => callbacks.invoke(callback, args),
  abort: (reason) => stop.abort(fromWire(reason)),
  end: () => {
    process.stdout.write('', () => process.stderr.write('', () => process.exit(0)));
  },
};

// A failure to send means that the engine is gone, and the disconnect handler deals with that.
const parent: Peer<ParentSide> = new Peer((message) => send(message, undefined, {}, () => undefined), side);

process.once('disconnect', endOwnGroup);
process.on('message', (message) => parent.receive(message));
watchTheEngine();

function watchTheEngine(): void {
  // Where threads are not permitted, the disconnect handler remains.
  try {
    const watch = new Worker(childFile('orphan-watch'), { execArgv: [], workerData: lifelineDescriptor });
    watch.on('error', () => undefined);
    watch.unref();
  } catch {}
}
