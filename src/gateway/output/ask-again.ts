import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { Templates } from '../templates/templates.ts';
import { askAgainTemplate } from './ask-again-template.ts';

const path = 'ask-again';
let templates: Templates | undefined;

/** The conversation with the answer that could not be used, and what is wrong with it. */
export function askAgain(prompt: LanguageModelV4Prompt, answer: string, problems: readonly string[]): LanguageModelV4Prompt {
  templates ??= new Templates([{ path, text: askAgainTemplate }]);
  const text = templates.render(path, { problems });
  // Some providers refuse an empty message.
  const said = answer.trim() === '' ? [] : [{ role: 'assistant' as const, content: [{ type: 'text' as const, text: answer }] }];
  return [...prompt, ...said, { role: 'user', content: [{ type: 'text', text }] }];
}
