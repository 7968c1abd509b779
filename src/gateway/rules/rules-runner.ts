/**
 * Answers without a model, by modules and grammars.
 *
 * R1. The same function and input give the same answer, in every process.
 * R2. An answer is JSON and fits the function's schema, or it is RULES_FAILED.
 * R3. A module is imported once, a grammar read once; what could not be loaded is tried anew the next time.
 */
import { pathToFileURL } from 'node:url';
import { toJson, type Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { FunctionConfig, RulesVariant, SourceFile } from '../config/model.ts';
import { sentence } from '../output/problems.ts';
import type { Schemas } from '../output/schemas.ts';
import { problemLine } from './check-grammar.ts';
import { GrammarRunner } from './grammar-runner.ts';
import { readGrammar } from './read-grammar.ts';
import type { RulesContext } from './rules.ts';
import { seededBy } from './seeded.ts';
import { variablesOf } from './variables.ts';

type Answering = (input: Json, ctx: RulesContext) => unknown;

export class RulesRunner {
  readonly #schemas: Schemas;
  readonly #loaded: Map<string, Promise<Answering>> = new Map();

  constructor(around: { readonly schemas: Schemas }) {
    this.#schemas = around.schemas;
  }

  async answer(fn: FunctionConfig, variant: RulesVariant, input: unknown): Promise<Json> {
    const where = `function "${fn.name}", variant "${variant.name}", ${sourceOf(variant)}`;
    // Copied, so that rules cannot change what their caller holds.
    const plain = failing(where, 'its input is not JSON', () => JSON.parse(JSON.stringify(input)) as Json);
    const answering = await this.#load(variant, where);
    const made = failing(where, 'it failed', () => answering(plain, seededBy([fn.name, plain])));
    const output = failing(where, 'what it gave is not JSON', () => toJson(made, 'the answer'));
    if (fn.type === 'chat' && typeof output !== 'string') throw failed(where, 'a chat function answers text, and it gave something else');
    const problems = fn.output === undefined ? undefined : this.#schemas.validator(fn.output.judged ?? fn.output.schema).validate(output);
    if (problems !== undefined) throw failed(where, `what it gave does not fit ${fn.output?.path}: ${problems.map(sentence).join('; ')}`);
    return output;
  }

  #load(variant: RulesVariant, where: string): Promise<Answering> {
    const key = JSON.stringify(variant.from);
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const loading = load(variant.from, where);
    this.#loaded.set(key, loading);
    loading.catch(() => this.#loaded.delete(key));
    return loading;
  }
}

async function load(from: RulesVariant['from'], where: string): Promise<Answering> {
  return from.is === 'module' ? importRules(from.path, from.export, where) : grammarRules(from.file, where);
}

async function importRules(path: string, name: string, where: string): Promise<Answering> {
  let module: Readonly<Record<string, unknown>>;
  try {
    // A module has its exports under their names.
    module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw failed(where, `it cannot be imported: ${messageOf(error)}`);
  }
  const exported = module[name];
  const others = Object.keys(module).join(', ') || 'nothing';
  if (typeof exported !== 'function') throw failed(where, `it exports no function "${name}"; it exports ${others}`);
  // Whatever it takes and gives is checked where it is called.
  return exported as Answering;
}

function grammarRules(file: SourceFile, where: string): Answering {
  const { grammar, problems } = readGrammar(file);
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw failed(where, errors.map(problemLine).join('; '));
  const runner = failing(where, 'it cannot be read', () => new GrammarRunner(grammar));
  return (input, ctx) => runner.answer(variablesOf(input), ctx);
}

function sourceOf({ from }: RulesVariant): string {
  return from.is === 'module' ? `rules ${from.path} (${from.export})` : `grammar ${from.file.path}`;
}

function failing<T>(where: string, what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw failed(where, `${what}: ${messageOf(error)}`);
  }
}

function failed(where: string, what: string): ContinuoError {
  return new ContinuoError('RULES_FAILED', `${where}: ${what}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
