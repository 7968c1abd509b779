/** What is wrong with a configuration: where, what, and the mend. */
import { ContinuoError } from '../../core/errors.ts';

export interface ConfigProblem {
  /** With an error, there is no configuration; a warning says what will happen. */
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** `functions.x.variants.y.model`; empty for the file as a whole. */
  readonly key: string;
  readonly line?: number;
  readonly message: string;
  readonly mend: string;
}

export const placeOf = ({ file, line }: ConfigProblem): string => (line === undefined ? file : `${file}:${line}`);

/** All errors in one, a line each; warnings are not among them. */
export function configError(problems: readonly ConfigProblem[]): ContinuoError {
  const errors = problems.filter(({ level }) => level === 'error');
  const lines = errors.map((one) => `  ${placeOf(one)}: ${one.key === '' ? '' : `${one.key}: `}${one.message}. ${one.mend}`);
  return new ContinuoError(
    'GATEWAY_CONFIG_INVALID',
    `the gateway’s configuration cannot be used:\n${lines.join('\n')}`,
    errors.map((one) => ({ ...one })),
  );
}
