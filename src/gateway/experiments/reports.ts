/** Reports of the functions that somebody asks for. */
import type { FunctionConfig } from '../config/model.ts';
import { functionNamed } from '../named.ts';
import { report, type ExperimentReport, type ReportOptions } from './report.ts';

export interface ReportsOptions extends ReportOptions {
  readonly functions: Readonly<Record<string, FunctionConfig>>;
  /** Instead of all that have feedback. */
  readonly of?: string;
}

export async function reports({ functions, of, ...options }: ReportsOptions): Promise<readonly ExperimentReport[]> {
  if (of !== undefined) return [await report(functionNamed({ functions }, of), options)];
  const all = await Promise.all(Object.values(functions).map((fn) => report(fn, options)));
  return all.filter(({ metrics }) => metrics.some(({ arms }) => arms.some(({ n }) => n > 0)));
}
