/** A line for what becomes durable of runs and of the gateway: beginnings and ends, failures, and with `debug` each piece of work. */
import type { RunEvent } from '../../core/run/events.ts';
import type { Append } from '../../ports/journal.ts';
import type { InferenceRecord, LedgerEntry } from '../../ports/ledger.ts';
import { asking } from '../http/asking.ts';
import type { StoreWatcher } from '../metrics/watch-store.ts';
import type { Log } from './open-log.ts';

export function logStore(log: Log): StoreWatcher {
  return {
    appended: (write) => {
      for (const event of write.events) logEvent(log, write, event);
    },
    booked: (entries: readonly LedgerEntry[]) => {
      for (const entry of entries) if (entry.is === 'inference') logInference(log, entry.record);
    },
  };
}

function logEvent(log: Log, { run, record }: Append, event: RunEvent): void {
  switch (event.type) {
    case 'run.started': {
      const { workflow, project, parent } = event;
      const request = asking.getStore();
      const from = { ...(parent === undefined ? {} : { parent: parent.run }), ...(request === undefined ? {} : { request_id: request }) };
      return log.info({ run, workflow, project, ...from }, 'run started');
    }
    case 'run.succeeded':
    case 'run.cancelled':
      return log.info({ run, workflow: record?.workflow, project: record?.project }, `run ${event.type.slice(4)}`);
    case 'run.failed': {
      const { code, message } = event.error;
      return log.warn({ run, workflow: record?.workflow, project: record?.project, code, why: message }, 'run failed');
    }
    case 'step.failed':
      return log.warn({ run, step: event.step, code: event.error.code, why: event.error.message, handled: event.handled }, 'step failed');
    case 'task.failed':
      if (event.retryAt === undefined) return;
      return log.info({ ...attemptOf(run, event), agent: event.agent, code: event.error.code, why: event.error.message }, 'tried again');
    case 'task.started':
      if (!log.isLevelEnabled('debug')) return;
      return log.debug(attemptOf(run, event), 'task started');
    case 'task.completed':
      if (!log.isLevelEnabled('debug')) return;
      return log.debug({ ...attemptOf(run, event), agent: event.agent, source: event.source }, 'task completed');
    default:
      return;
  }
}

function attemptOf(
  run: string,
  { step, item, visit, attempt }: Extract<RunEvent, { type: 'task.started' | 'task.completed' | 'task.failed' }>,
): object {
  return { run, step, ...(item === undefined ? {} : { item }), visit, attempt };
}

function logInference(log: Log, record: InferenceRecord): void {
  const { id, project, run, step, variant, source, status, latency, error } = record;
  const line = { inference: id, function: record.function, variant, source, project, run, step, ms: Math.round(latency) };
  if (status === 'ok') log.debug(line, 'inference');
  else log.warn({ ...line, code: error?.code, why: error?.message }, 'inference failed');
}
