/** Reports of the functions that somebody asks for. */
import { closest } from '../../core/data/text.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { FunctionConfig } from '../config/model.ts';
import { report, type ExperimentReport, type ReportOptions } from './report.ts';

export interface ReportsOptions extends ReportOptions {
  readonly functions: Readonly<Record<string, FunctionConfig>>;
  /** Instead of all that have feedback. */
  readonly of?: string;
}

export async function reports({ functions, of, ...options }: ReportsOptions): Promise<readonly ExperimentReport[]> {
  if (of !== undefined) return [await report(functionNamed(functions, of), options)];
  const all = await Promise.all(Object.values(functions).map((fn) => report(fn, options)));
  return all.filter(({ metrics }) => metrics.some(({ arms }) => arms.some(({ n }) => n > 0)));
}

function functionNamed(functions: Readonly<Record<string, FunctionConfig>>, name: string): FunctionConfig {
  const fn = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (fn !== undefined) return fn;
  const names = Object.keys(functions);
  const near = closest(name, names);
  const there = names.length === 0 ? 'the configuration has none' : `it has ${names.join(', ')}`;
  throw new ContinuoError(
    'FUNCTION_UNKNOWN',
    `there is no function ${JSON.stringify(name)}${near === undefined ? '' : ` (${near}?)`}; ${there}`,
  );
}
