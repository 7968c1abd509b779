/** Schemas at the door. */
import { ContinuoError, type ErrorCode } from '../core/errors.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';

/** What the schema makes of the value; throws with every field that does not fit. */
export async function check(schema: StandardSchemaV1<unknown, unknown>, value: unknown, code: ErrorCode, what: string): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return result.value;
  const problems = result.issues.map(({ path, message }) => {
    const where = (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
    return where === '' ? message : `${where}: ${message}`;
  });
  throw new ContinuoError(code, `${what} does not fit: ${problems.join('; ')}`, problems);
}
