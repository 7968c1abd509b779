/** A conversation in the words of a variant's templates. */
import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Json } from '../core/data/json.ts';
import type { Prompting, SourceFile } from './config/model.ts';
import type { Dialogue, Said } from './conversation.ts';

/** For whom words are found; errors name it. */
export interface Whom {
  readonly function: string;
  readonly variant: string;
}

export type Render = (template: SourceFile, variables: Readonly<Record<string, Json>>, whom: Whom) => string;

export type Turn = { readonly role: 'user' | 'assistant'; readonly text: string };

export interface Words {
  readonly system: string | undefined;
  readonly turns: readonly Turn[];
}

export function inWords(dialogue: Dialogue, prompting: Pick<Prompting, 'templates'>, render: Render, whom: Whom): Words {
  const { templates } = prompting;
  const system = systemText(dialogue, templates.system, render, whom);
  return {
    system: system === '' ? undefined : system,
    turns: dialogue.turns.map(({ role, said }) => ({ role, text: textOf(said, templates[role], `${role}_text`, render, whom) })),
  };
}

function systemText(dialogue: Dialogue, template: SourceFile | undefined, render: Render, whom: Whom): string | undefined {
  if (template === undefined) return dialogue.system?.is === 'text' ? dialogue.system.text : undefined;
  const said = dialogue.system ?? { is: 'fields', fields: {} };
  return textOf(said, template, 'system_text', render, whom);
}

/** Text that meets a template is its variable `user_text` (`system_text`, `assistant_text`). */
function textOf(said: Said, template: SourceFile | undefined, variable: string, render: Render, whom: Whom): string {
  if (template === undefined) return said.is === 'text' ? said.text : JSON.stringify(said.fields, undefined, 2);
  return render(template, said.is === 'text' ? { [variable]: said.text } : said.fields, whom);
}

export function promptOf({ system, turns }: Words): LanguageModelV4Prompt {
  const messages: LanguageModelV4Message[] = turns.map(({ role, text }) => ({ role, content: [{ type: 'text', text }] }));
  return system === undefined ? messages : [{ role: 'system', content: system }, ...messages];
}
