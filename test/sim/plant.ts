/** Loaded before the simulation: plants the bug that the environment names into the source as it is read. */
import { registerHooks } from 'node:module';
import { planted } from './planted.ts';

const name = process.env['CONTINUO_PLANT'];
const bug = planted.find((one) => one.name === name);
if (bug === undefined) throw new Error(`there is no bug ${JSON.stringify(name)} to plant`);
const target = new URL(`../../src/${bug.file}`, import.meta.url).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    // A source is text, or the bytes of it.
    const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    const parts = source.split(bug.find);
    if (parts.length !== 2) throw new Error(`the bug ${JSON.stringify(bug.name)} has no single place in ${bug.file} any more`);
    return { ...loaded, source: parts.join(bug.put) };
  },
});
