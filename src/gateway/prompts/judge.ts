/** What a judge of candidates is told, besides the words of its own templates. */
import type { Json } from '../../core/data/json.ts';
import type { Words } from '../prompt.ts';
import { list } from './list.ts';

const task = `Several assistants answered the same request. Their answers follow the request, numbered from 0.
Choose the one that serves the request best: first that it is right and complete, then that it is clear. Neither the order of the answers nor their length counts.
Answer with JSON: {"thinking": "your reasons, in a sentence or two", "answer_choice": the number of the best answer}.`;

export function judgeWords({ system, turns }: Words, answers: readonly Json[]): Words {
  return {
    system: system === undefined ? task : `${task}\n\nWhat the assistants were told, and what else matters:\n\n${system}`,
    turns: [...turns, { role: 'user', text: `The answers:\n\n${list(answers)}\n\nWhich one is best?` }],
  };
}
