/**
 * MiniJinja, as WebAssembly.
 *
 * E1. A template that breaks the machine (its stack or its memory overflows) breaks that instance for good: it is
 *     thrown away, and the next use gets a fresh one.
 * E2. Memory of WebAssembly never shrinks: an instance that grew large is thrown away too.
 * E3. Fuel bounds the instructions of a render, the engine's own limits its nesting and calls. Memory is not bounded:
 *     a template that doubles a text thirty times gets its gigabyte.
 */
import { createRequire } from 'node:module';
import type * as minijinja from 'minijinja-js';

type Binding = typeof minijinja & { readonly __wasm: { readonly memory: { readonly buffer: ArrayBuffer } } };

export interface Engine {
  readonly environment: minijinja.Environment;
  readonly bytes: () => number;
}

/** Instructions for one render, with what it includes. */
const fuel = 1_000_000;
const largest = 64 * 1024 * 1024;

const require = createRequire(import.meta.url);
let binding: Binding | undefined;

export function openEngine(): Engine {
  const { Environment, __wasm: wasm } = (binding ??= load());
  const environment = new Environment();
  environment.undefinedBehavior = 'strict';
  environment.fuel = fuel;
  environment.keepTrailingNewline = false;
  // It prints the engine's inside.
  environment.removeGlobal('debug');
  return { environment, bytes: () => wasm.memory.buffer.byteLength };
}

/** Frees the engine; the next that is opened stands in memory of its own. */
export function retire(engine: Engine): void {
  binding = undefined;
  try {
    engine.environment.free();
  } catch {
    // It broke in the middle of a call, and goes with its memory.
  }
}

export function isBloated(engine: Engine): boolean {
  return engine.bytes() > largest;
}

/** A package's module is one for the whole process, and this one holds the memory: forgetting it makes a new one. */
function load(): Binding {
  delete require.cache[require.resolve('minijinja-js')];
  // The package's types leave out the export that holds its memory.
  return require('minijinja-js') as Binding;
}
