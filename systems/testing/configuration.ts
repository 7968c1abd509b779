/** What is asked of a system's configuration, whichever system it is. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Environment } from 'minijinja-js';
import { parse } from 'smol-toml';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);
const tableOf = (value: unknown): Table => (isTable(value) ? value : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every object says what it has and nothing else is in it: what providers ask for in their strict mode. */
function isStrict(schema: unknown, about: string, output: boolean): void {
  if (Array.isArray(schema)) for (const part of schema) isStrict(part, about, output);
  if (!isTable(schema)) return;
  const type = [schema.type].flat();
  if (type.includes('object') && schema.properties !== undefined) {
    assert.equal(schema.additionalProperties, false, `${about}: additionalProperties is not false`);
    const names = Object.keys(tableOf(schema.properties));
    if (output) assert.deepEqual(schema.required, names, `${about}: not every field is required`);
    for (const name of names)
      assert.ok(textOf(tableOf(tableOf(schema.properties)[name]).description) !== '', `${about}: ${name} has no description`);
  }
  for (const part of Object.values(schema)) isStrict(part, about, output);
}

/** Values for every field of a schema; without the optional ones when `bare`. */
function sample(schema: Table, bare: boolean): unknown {
  const [type] = [schema.type].flat();
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (type === 'array') return [sample(tableOf(schema.items), bare)];
  if (type === 'string') return 'word';
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 1;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(
    Object.entries(tableOf(schema.properties)).flatMap(([name, part]) =>
      bare && !required.includes(name) ? [] : [[name, sample(tableOf(part), bare)]],
    ),
  );
}

/** Templates of a variant and of what it is made of. */
function templatesOf(variant: Table): readonly string[] {
  const own = Object.entries(variant).flatMap(([key, value]) => (key.endsWith('_template') ? [textOf(value)] : []));
  return [...own, ...['evaluator', 'fuser'].flatMap((part) => (isTable(variant[part]) ? templatesOf(variant[part]) : []))];
}

export interface ConfigurationExpectations {
  readonly functions: readonly string[];
  /** Functions whose output holds free data, so that it cannot be strict. */
  readonly open?: readonly string[];
}

/** Registers the tests of the configuration that lies in a directory. */
export function testConfiguration(directory: URL, { functions: names, open = [] }: ConfigurationExpectations): void {
  const read = (path: string): string => readFileSync(new URL(path, directory), 'utf8');
  const config = parse(read('tensorzero.toml'));
  const functions = Object.entries(tableOf(config.functions)).map(([name, value]) => ({ name, value: tableOf(value) }));
  const used = new Set<string>();

  test('the functions are those that the agents call', () => {
    assert.deepEqual(functions.map(({ name }) => name).sort(), [...names].sort());
  });

  for (const { name, value } of functions) {
    test(`${name}: schemas are strict and described, templates need nothing that is not in them`, () => {
      const input = tableOf(JSON.parse(read(textOf(value.user_schema))));
      const output = tableOf(JSON.parse(read(textOf(value.output_schema))));
      used.add(textOf(value.user_schema)).add(textOf(value.output_schema));
      const ajv = new Ajv2020({ strict: false });
      ajv.compile(input);
      ajv.compile(output);
      isStrict(input, `${name} input`, false);
      if (!open.includes(name)) isStrict(output, `${name} output`, true);
      // A template that the function names is a default of all its variants.
      for (const variant of [value, ...Object.values(tableOf(value.variants)).map(tableOf)]) {
        for (const path of templatesOf(variant)) {
          used.add(path);
          const environment = new Environment();
          environment.undefinedBehavior = 'strict';
          for (const bare of [false, true]) {
            const text = environment.renderStr(read(path), sample(input, bare));
            assert.ok(text.trim().length > 5, `${path} says nothing`);
            assert.doesNotMatch(text, /undefined|\[object|\{\{/, path);
          }
        }
      }
    });

    test(`${name}: there is an answer without a model, and it is never the first choice`, () => {
      const variants = tableOf(value.variants);
      const rules = tableOf(variants.rules);
      assert.equal(rules.type, 'rules');
      assert.ok(read(textOf(rules.module)).includes('export default rules<'), name);
      const experiment = tableOf(value.experimentation);
      const candidates = Array.isArray(experiment.candidate_variants)
        ? experiment.candidate_variants
        : Object.keys(tableOf(experiment.candidate_variants));
      assert.ok(candidates.length > 0);
      for (const candidate of candidates)
        assert.ok(Object.hasOwn(variants, String(candidate)) && candidate !== 'rules', `${name}: ${String(candidate)}`);
      const metric = textOf(experiment.metric);
      if (metric !== '') assert.ok(Object.hasOwn(tableOf(config.metrics), metric), metric);
    });
  }

  test('no template or schema lies about unused', () => {
    const there = [...globSync('templates/*', { cwd: directory }), ...globSync('schemas/*', { cwd: directory })].map((path) =>
      path.replaceAll('\\', '/'),
    );
    assert.deepEqual(
      there.filter((path) => !used.has(path)),
      [],
    );
  });
}
