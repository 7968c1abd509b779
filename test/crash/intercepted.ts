/** A store that can lose its process at every call: it is passed in, so that nobody else pays for it. */
import type { Backend } from '../../src/ports/backend.ts';
import { reading, writing } from './boundaries.ts';
import type { Fuse } from './fuse.ts';

export function intercepted(backend: Backend, fuse: Fuse): Backend {
  return wrap(backend, '', fuse);
}

function wrap<T extends object>(target: T, path: string, fuse: Fuse): T {
  return new Proxy(target, {
    get: (object, key) => {
      // A proxy hands on whatever its target has; methods keep their own `this`.
      const value = Reflect.get(object, key, object) as unknown;
      const name = `${path}${String(key)}`;
      if (typeof value === 'object' && value !== null) return wrap(value, `${name}.`, fuse);
      if (typeof value !== 'function') return value;
      const call = (...given: unknown[]): unknown => Reflect.apply(value, object, given);
      if (writing.has(name)) return (...given: unknown[]) => write(name, fuse, () => call(...given));
      if (reading.has(name)) return (...given: unknown[]) => read(name, fuse, () => call(...given));
      return call;
    },
  });
}

async function write(name: string, fuse: Fuse, call: () => unknown): Promise<unknown> {
  fuse.pass(`${name}: before`);
  const answer = call();
  // The writer posts what a turn of the event loop brought at its end: this comes right after.
  setImmediate(() => fuse.pass(`${name}: posted`));
  try {
    return await answer;
  } finally {
    fuse.pass(`${name}: answered`);
  }
}

async function read(name: string, fuse: Fuse, call: () => unknown): Promise<unknown> {
  const answer = await call();
  fuse.pass(`${name}: answered`);
  return answer;
}
