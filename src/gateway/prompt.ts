/** A conversation in the words of a variant's templates. */
import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Json } from '../core/data/json.ts';
import type { Prompting, SourceFile } from './config/model.ts';
import type { Dialogue, Said } from './conversation.ts';

/** Renders a template of the configuration; `where` names function and variant for errors. */
export type Render = (template: SourceFile, variables: Readonly<Record<string, Json>>, where: string) => string;

export type Turn = { readonly role: 'user' | 'assistant'; readonly text: string };

export interface Words {
  readonly system: string | undefined;
  readonly turns: readonly Turn[];
}

export function inWords(dialogue: Dialogue, prompting: Pick<Prompting, 'templates'>, render: Render, where: string): Words {
  const { templates } = prompting;
  const system = systemText(dialogue, templates.system, render, where);
  return {
    system: system === '' ? undefined : system,
    turns: dialogue.turns.map(({ role, said }) => ({ role, text: textOf(said, templates[role], `${role}_text`, render, where) })),
  };
}

function systemText(dialogue: Dialogue, template: SourceFile | undefined, render: Render, where: string): string | undefined {
  if (template === undefined) return dialogue.system?.is === 'text' ? dialogue.system.text : undefined;
  const said = dialogue.system ?? { is: 'fields', fields: {} };
  return textOf(said, template, 'system_text', render, where);
}

/** Text that meets a template is its variable `user_text` (`system_text`, `assistant_text`). */
function textOf(said: Said, template: SourceFile | undefined, variable: string, render: Render, where: string): string {
  if (template === undefined) return said.is === 'text' ? said.text : JSON.stringify(said.fields, undefined, 2);
  return render(template, said.is === 'text' ? { [variable]: said.text } : said.fields, where);
}

export function promptOf({ system, turns }: Words): LanguageModelV4Prompt {
  const messages: LanguageModelV4Message[] = turns.map(({ role, text }) => ({ role, content: [{ type: 'text', text }] }));
  return system === undefined ? messages : [{ role: 'system', content: system }, ...messages];
}
