/** What a server tells, and everything that is asked of it in `deploy/`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { catalogue } from '../../src/core/errors.ts';
import { Metrics } from '../../src/server/metrics/metrics.ts';
import { askedIn } from './expressions.ts';

export const deploy: URL = new URL('../../deploy/', import.meta.url);

export const read = (path: string): string => readFileSync(new URL(path, deploy), 'utf8');

// The package that makes the OpenAPI document brings it along.
const yaml = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'))('yaml') as {
  parse(text: string, options?: object): unknown;
};

/** Merged keys (`<<`) are filled in. */
export function parsed(path: string): unknown {
  return yaml.parse(read(path), { merge: true });
}

const ofPrometheus = ['instance', 'job'];

/** Every series by name, with its labels. */
function toldNames(): ReadonlyMap<string, readonly string[]> {
  const metrics = new Metrics('0');
  const all = new Map<string, readonly string[]>([['up', []]]);
  for (const metric of metrics.registry.getMetricsAsArray()) {
    // Every kind of metric has these; the types of prom-client hide two of them.
    const { name, type, labelNames } = metric as unknown as {
      readonly name: string;
      readonly type: string;
      readonly labelNames: readonly string[];
    };
    if (type === 'histogram') all.set(`${name}_bucket`, [...labelNames, 'le']);
    if (type === 'histogram' || type === 'summary') for (const end of ['sum', 'count']) all.set(`${name}_${end}`, labelNames);
    else all.set(name, labelNames);
  }
  metrics.close();
  return all;
}

export const told: ReadonlyMap<string, readonly string[]> = toldNames();

const values: Readonly<Record<string, readonly string[]>> = {
  code: [...Object.keys(catalogue), 'other'],
  status: ['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled', 'ok', '2xx', '3xx', '4xx', '5xx', 'aborted'],
  state: ['running', 'waiting', 'in_hand'],
  result: ['succeeded', 'failed', 'aborted'],
  role: ['engine', 'worker'],
  at: ['p50', 'p99', 'max'],
  work: ['append', 'books', 'message', 'audit'],
  job: ['continuo'],
};

/** What an expression asks for that nobody tells. */
export function unknownIn(expression: string): readonly string[] {
  const asked = askedIn(expression);
  if (asked.length === 0) return [`asks for nothing: ${expression}`];
  return asked.flatMap(({ name, labels }) => {
    const known = told.get(name);
    if (known === undefined) return [`nothing is called ${name}`];
    return [...labels].flatMap(([label, wanted]) => {
      if (![...known, ...ofPrometheus].includes(label)) return [`${name} has no label ${label}`];
      return wanted
        .filter((value) => values[label]?.includes(value) === false)
        .map((value) => `${name} is never told with ${label}="${value}"`);
    });
  });
}
