/** Faults that a store must not have, planted to see whether the suite notices. */
import type { RunEvent } from '../../src/core/run/events.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Blobs } from '../../src/ports/blobs.ts';
import type { Journal } from '../../src/ports/journal.ts';

export type Plant = 'early-ack' | 'short-read' | 'lost-record' | 'unread-record' | 'lost-blob';

const unrecorded = (event: RunEvent): RunEvent => (event.type === 'task.recorded' ? { type: 'run.resumed' } : event);

const plants: Readonly<Record<Plant, (backend: Backend) => Backend>> = {
  /** Acknowledges an append that is only on its way: a kill loses it. */
  'early-ack': (backend) => {
    const { journal } = backend;
    const append: Journal['append'] = async (write) => {
      journal.append(write).catch(() => undefined);
    };
    return replaced(backend, { journal: replaced(journal, { append }) });
  },
  /** Does not read the last entry of a journal. */
  'short-read': (backend) => {
    const { journal } = backend;
    const read: Journal['read'] = async (run, from) => {
      const entries = await journal.read(run, from);
      return entries.length > 1 ? entries.slice(0, -1) : entries;
    };
    return replaced(backend, { journal: replaced(journal, { read }) });
  },
  /** Writes something harmless in the place of what an agent recorded. */
  'lost-record': (backend) => {
    const { journal } = backend;
    const append: Journal['append'] = (write) => {
      return journal.append({ ...write, events: write.events.map(unrecorded) });
    };
    return replaced(backend, { journal: replaced(journal, { append }) });
  },
  /** Reads something harmless in its place. */
  'unread-record': (backend) => {
    const { journal } = backend;
    const read: Journal['read'] = async (run, from) => {
      const entries = await journal.read(run, from);
      return entries.map((entry) => ({ ...entry, events: entry.events.map(unrecorded) }));
    };
    return replaced(backend, { journal: replaced(journal, { read }) });
  },
  /** Names a blob without keeping its bytes. */
  'lost-blob': (backend) => {
    const { blobs } = backend;
    const put: Blobs['put'] = async (bytes, type, now) => {
      const info = await blobs.put(bytes, type, now);
      await blobs.remove(info.id, now + 1);
      return info;
    };
    return replaced(backend, { blobs: replaced(blobs, { put }) });
  },
};

// The keys of the table are its names.
export const plantNames: readonly Plant[] = Object.keys(plants) as Plant[];

export function planted(backend: Backend, plant: Plant | undefined): Backend {
  return plant === undefined ? backend : plants[plant](backend);
}

function replaced<T extends object>(target: T, parts: Partial<T>): T {
  return new Proxy(target, {
    get: (object, key) => {
      if (Object.hasOwn(parts, key)) return Reflect.get(parts, key) as unknown;
      // As in intercepted.ts: whatever the target has, with its own `this`.
      const value = Reflect.get(object, key, object) as unknown;
      return typeof value === 'function' ? (...given: unknown[]): unknown => Reflect.apply(value, object, given) : value;
    },
  });
}
