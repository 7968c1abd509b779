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
  return script;
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
  const numbers = steps.map(({ number }) => number);
  if (numbers.some((number, index) => number !== index + 1))
    yield `steps: are numbered ${numbers.join(', ')}; they go 1 to ${steps.length}`;
}

function inWords({ instancePath, message = 'is not as it should be', params }: ErrorObject): string {
  const where = instancePath
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
  // Of `additionalProperties`, the one thing worth knowing is which.
  const extra: unknown = params['additionalProperty'];
  return `${where === '' ? 'the script' : where}: ${typeof extra === 'string' ? `has a field ${extra} that no script has` : message}`;
}

function refused(problems: readonly string[]): ContinuoError {
  const more = problems.length > mostProblems ? [`and ${problems.length - mostProblems} more`] : [];
  const lines = [...problems.slice(0, mostProblems), ...more];
  return new ContinuoError('SCRIPT_INVALID', `the script cannot be filmed:\n${lines.map((line) => `  ${line}`).join('\n')}`, [...problems]);
}
