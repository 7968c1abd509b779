/** A script that somebody wrote or changed by hand: every problem is said at once. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { ContinuoError } from 'continuo';
import type { Script } from '../config/rules/script.ts';

const schema = new URL('../config/schemas/script.json', import.meta.url);
const longestNarration = 1500;
const mostProblems = 12;

let check: ReturnType<Ajv2020['compile']> | undefined;

export function readScript(value: unknown): Script {
  check ??= new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
  if (!check(value)) throw refused((check.errors ?? []).map(inWords));
  // The schema is that of the script.
  const script = value as Script;
  const problems = [...slips(script)];
  if (problems.length > 0) throw refused(problems);
  // Whoever takes a step out need not count the others anew.
  return { ...script, steps: script.steps.map((step, index) => ({ ...step, number: index + 1 })) };
}

function* slips({ title, hook, gather, steps, result, cta }: Script): Generator<string> {
  if (title.trim() === '') yield 'title: is empty';
  const spoken = [
    ['hook', hook],
    ['gather.narration', gather.narration],
    ...steps.map(({ narration }, index) => [`steps[${index}].narration`, narration] as const),
    ['result.narration', result.narration],
    ['cta.narration', cta.narration],
  ] as const;
  for (const [where, text] of spoken) {
    if (text.trim() === '') yield `${where}: is empty; every scene says something`;
    if (text.length > longestNarration)
      yield `${where}: has ${text.length} characters; ${longestNarration} are more than anybody listens to`;
  }
}

/** Those that people run into, as they would say them. */
const plainly: Readonly<Record<string, (params: ErrorObject['params']) => string>> = {
  additionalProperties: (params) => `has a field ${JSON.stringify(params['additionalProperty'])} that no script has`,
  required: (params) => `has no field ${JSON.stringify(params['missingProperty'])}`,
  minItems: (params) => `needs at least ${String(params['limit'])} of them`,
  maxItems: (params) => `has room for ${String(params['limit'])} of them`,
  type: (params) => `is a ${[params['type']].flat().join(' or ')}`,
  minimum: (params) => `is ${String(params['limit'])} at least`,
  maximum: (params) => `is ${String(params['limit'])} at most`,
};

function inWords({ instancePath, keyword, message = 'is not as it should be', params }: ErrorObject): string {
  const where = instancePath
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
  return `${where === '' ? 'the script' : where}: ${plainly[keyword]?.(params) ?? message}`;
}

function refused(problems: readonly string[]): ContinuoError {
  const more = problems.length > mostProblems ? [`and ${problems.length - mostProblems} more`] : [];
  const lines = [...problems.slice(0, mostProblems), ...more];
  return new ContinuoError('SCRIPT_INVALID', `the script cannot be filmed:\n${lines.map((line) => `  ${line}`).join('\n')}`, [...problems]);
}
