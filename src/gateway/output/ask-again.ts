import { Templates } from '../templates/templates.ts';
import { askAgainTemplate } from './ask-again-template.ts';

const path = 'ask-again';
let templates: Templates | undefined;

/** What is said to a model whose answer could not be used, after the conversation and that answer. */
export function askAgain(problems: readonly string[]): string {
  templates ??= new Templates([{ path, text: askAgainTemplate }]);
  return templates.render(path, { problems });
}
