import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import type { FunctionConfig, RulesVariant } from '../config/model.ts';
import type { InferInput } from '../inference.ts';
import { Schemas } from '../output/schemas.ts';
import { RulesRunner } from './rules-runner.ts';
import { seededBy } from './seeded.ts';

const dir = mkdtempSync(join(tmpdir(), 'continuo-rules-'));
after(() => rmSync(dir, { recursive: true }));

const fn = (type: 'chat' | 'json', output?: Json): FunctionConfig => ({
  name: 'script',
  type,
  schemas: {},
  ...(output === undefined ? {} : { output: { path: 'out.json', schema: output } }),
  tools: [],
  variants: {},
  experiment: { type: 'static', candidates: {}, fallbacks: [] },
});
const grammar = (text: string): RulesVariant => ({
  name: 'plain',
  type: 'rules',
  from: { is: 'grammar', file: { path: 'rules/g.toml', text } },
});

let modules = 0;
function module(text: string, name = 'default'): RulesVariant {
  const path = join(dir, `m${modules++}.ts`);
  writeFileSync(path, text);
  return { name: 'coded', type: 'rules', from: { is: 'module', path, export: name } };
}

const answer = (variant: RulesVariant, input: InferInput = {}, of: FunctionConfig = fn('json')): Promise<Json> =>
  new RulesRunner({ schemas: new Schemas() }).answer(of, variant, input);

suite('rules of a module', () => {
  test('answer by the export that is named, with chance from the input', async () => {
    const variant = module(
      'export const write = (input: { topic: string }, { pick, random, shuffle, seed }: any) => ({ t: input.topic, p: pick(["a", "b"]), r: random(), s: shuffle([1, 2, 3]), seed });',
      'write',
    );
    const made = await answer(variant, { topic: 'x' });
    assert.deepEqual(made, await answer(variant, { topic: 'x' }));
    assert.notDeepEqual(made, await answer(variant, { topic: 'y' }));
  });

  test('that throw, are no function, cannot be imported or give no JSON are named', async () => {
    const bad: readonly (readonly [RulesVariant, RegExp])[] = [
      [
        module('export default () => { throw new Error("no luck") }'),
        /^function "script", variant "coded", rules .*m\d+\.ts \(default\): it failed: no luck$/,
      ],
      [module('export const a = 1, b = 2;', 'c'), /exports no function "c"; it exports a, b/],
      [module('export default (('), /cannot be imported: /],
      [module('export default () => () => 1'), /is not JSON: .*a function/],
      [module('export default async () => 1'), /is not JSON: /],
    ];
    for (const [variant, why] of bad) await assert.rejects(answer(variant), { code: 'RULES_FAILED', message: why });
  });

  test('are held to the schema of the function, and to text in a chat', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const variant = module('export default (input: unknown) => input');
    assert.deepEqual(await answer(variant, { n: 1 }, fn('json', schema)), { n: 1 });
    await assert.rejects(answer(variant, { n: 'x' }, fn('json', schema)), {
      code: 'RULES_FAILED',
      message: /does not fit out\.json: n: must be a number, is "x"$/,
    });
    assert.equal(await answer(variant, 'hello', fn('chat')), 'hello');
    await assert.rejects(answer(variant, {}, fn('chat')), { code: 'RULES_FAILED', message: /a chat function answers text/ });
  });

  test('cannot change what their caller holds', async () => {
    const input = { list: [1] };
    await answer(module('export default (input: any) => { input.list.push(2); return input.list; }'), input);
    assert.deepEqual(input, { list: [1] });
  });
});

suite('rules of a grammar', () => {
  test('read fields, and text', async () => {
    assert.equal(await answer(grammar('output = "about {{ topic }}"'), { topic: 'x' }), 'about x');
    assert.equal(await answer(grammar('output = "about {{ user_text }}"'), 'x', fn('chat')), 'about x');
  });

  test('that are bad, or lack a variable, are named with file and key', async () => {
    await assert.rejects(answer(grammar('output = "#a#"')), {
      code: 'RULES_FAILED',
      message: /"plain", grammar rules\/g\.toml: rules\/g\.toml: output: there is no symbol #a#/,
    });
    await assert.rejects(answer(grammar('output = "{{ topik }}"'), { topic: 1 }), {
      code: 'RULES_FAILED',
      message: /rules\/g\.toml: output:1: there is no variable `topik`; did you mean `topic`\?/,
    });
    await assert.rejects(answer(grammar('output = "{{ a"')), { code: 'RULES_FAILED', message: /rules\/g\.toml: output:1: syntax error/ });
  });

  test('give the same in another process', async () => {
    const text = 'output = "#a# #a# #a# #b#"\n[symbols]\na = ["1", "2", "3", "4", "5", "6"]\nb = ["x{{ n }}", "y{{ n }}", "z{{ n }}"]';
    const here = await answer(grammar(text), { n: 7, z: { b: 1, a: 2 } });
    const code = `
      import { RulesRunner } from ${JSON.stringify(join(import.meta.dirname, 'rules-runner.ts'))};
      import { Schemas } from ${JSON.stringify(join(import.meta.dirname, '../output/schemas.ts'))};
      const variant = ${JSON.stringify(grammar(text))};
      const made = await new RulesRunner({ schemas: new Schemas() }).answer(${JSON.stringify(fn('json'))}, variant, { z: { a: 2, b: 1 }, n: 7 });
      process.stdout.write(JSON.stringify(made));`;
    const there = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code], {
      encoding: 'utf8',
    });
    assert.equal(there, JSON.stringify(here));
  });
});

suite('seeded chance', () => {
  test('is even, and another for every seed', () => {
    const { random } = seededBy('x');
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) {
      const drawn = random();
      assert.ok(drawn >= 0 && drawn < 1);
      buckets[Math.floor(drawn * 10)] = (buckets[Math.floor(drawn * 10)] ?? 0) + 1;
    }
    for (const count of buckets) assert.ok(Math.abs(count - 10_000) < 500, buckets.join(' '));
    const firsts = new Set(Array.from({ length: 1_000 }, (_, i) => seededBy(i).random()));
    assert.equal(firsts.size, 1_000);
  });

  test('picks everything, and shuffles a copy into every order', () => {
    const orders = new Set(Array.from({ length: 200 }, (_, i) => seededBy(i).shuffle([1, 2, 3]).join('')));
    assert.equal(orders.size, 6);
    const list = [1, 2, 3];
    seededBy(1).shuffle(list);
    assert.deepEqual(list, [1, 2, 3]);
    assert.deepEqual(new Set(Array.from({ length: 50 }, (_, i) => seededBy(i).pick(['a', 'b']))), new Set(['a', 'b']));
  });
});
