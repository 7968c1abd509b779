/** What the one who makes one answer of many is told, besides the words of its own templates. */
import type { Json } from '../../core/data/json.ts';
import type { Words } from '../prompt.ts';
import { list } from './list.ts';

const task = `Several assistants answered the same request. Their answers follow the request, numbered from 0; some of them may be wrong.
Write one answer that keeps what is best in each, in the form that the request asks for. Do not mention that there were several.`;

export function fuserWords({ system, turns }: Words, answers: readonly Json[]): Words {
  return {
    system: system === undefined ? task : `${system}\n\n${task}`,
    turns: [...turns, { role: 'user', text: `The answers:\n\n${list(answers)}\n\nNow write the one answer.` }],
  };
}
