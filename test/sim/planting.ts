/** Changes the source text of one file as it is read: the bug that the environment names is in it then. */
import { registerHooks } from 'node:module';
import type { Planted } from './planted.ts';

export function plantInto(bugs: readonly Planted[]): void {
  const name = process.env['CONTINUO_PLANT'];
  const bug = bugs.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no bug ${JSON.stringify(name)} to plant`);
  const target = new URL(`../../src/${bug.file}`, import.meta.url).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== target) return loaded;
      // A source is text, or the bytes of it.
      const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      return { ...loaded, source: changed(source, bug) };
    },
  });
}

function changed(source: string, { name, file, find, put, also }: Planted): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`the bug ${JSON.stringify(name)} has no single place in ${file} any more`);
  const text = parts.join(put);
  return also === undefined ? text : changed(text, { name, file, ...also });
}
