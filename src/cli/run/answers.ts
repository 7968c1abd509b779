/** Who answered for a run, in a line or two: people must see where no model had a part. */
import type { Answers } from '../../engine/answers.ts';
import { oneLine } from '../terminal/width.ts';

export function* tellAnswers(answers: readonly Answers[]): Generator<readonly [string, string]> {
  const rules = answers.filter(({ source }) => source === 'rules');
  const models = answers.filter(({ source }) => source !== 'rules');
  if (models.length > 0)
    yield [
      'models',
      models.map((one) => `${times(one)} by ${one.model ?? one.variant}${one.source === 'cache' ? ' (cached)' : ''}`).join(', '),
    ];
  if (rules.length > 0) yield ['rules', `${rules.map(times).join(', ')} (no model had a part)`];
}

function times({ function: fn, count }: Answers): string {
  return count === 1 ? oneLine(fn) : `${oneLine(fn)} ×${count}`;
}
