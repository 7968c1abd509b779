/** A conversation in the words of a variant's templates. */
import type { LanguageModelV4Message, LanguageModelV4Prompt, LanguageModelV4TextPart } from '@ai-sdk/provider';
import type { Json } from '../core/data/json.ts';
import type { Prompting, SourceFile } from './config/model.ts';
import type { Dialogue, Said } from './conversation.ts';
import type { ToolUse } from './tool-turns.ts';

/** For whom words are found; errors name it. */
export interface Whom {
  readonly function: string;
  readonly variant: string;
}

export type Render = (template: SourceFile, variables: Readonly<Record<string, Json>>, whom: Whom) => string;

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly tools?: ToolUse;
}

export interface Words {
  readonly system: string | undefined;
  readonly turns: readonly Turn[];
}

export function inWords(dialogue: Dialogue, prompting: Pick<Prompting, 'templates'>, render: Render, whom: Whom): Words {
  const { templates } = prompting;
  const system = systemText(dialogue, templates.system, render, whom);
  return {
    system: system === '' ? undefined : system,
    turns: dialogue.turns.map(({ role, said, tools }) => ({
      role,
      text: said === undefined ? '' : textOf(said, templates[role], `${role}_text`, render, whom),
      ...(tools === undefined ? {} : { tools }),
    })),
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
  const messages = turns.flatMap(messagesOf);
  return system === undefined ? messages : [{ role: 'system', content: system }, ...messages];
}

function messagesOf({ role, text, tools }: Turn): readonly LanguageModelV4Message[] {
  const words: LanguageModelV4TextPart[] = [{ type: 'text', text }];
  if (tools === undefined) return [{ role, content: words }];
  const spoken = text === '' ? [] : words;
  if (role === 'assistant') {
    const calls = tools.calls.map(({ id, name, arguments: input }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input,
    }));
    return [{ role, content: [...spoken, ...calls] }];
  }
  const results = tools.results.map(({ id, name, result }) => ({
    type: 'tool-result' as const,
    toolCallId: id,
    toolName: name,
    output: { type: 'text' as const, value: result },
  }));
  const given: LanguageModelV4Message = { role: 'tool', content: results };
  return spoken.length === 0 ? [given] : [given, { role, content: spoken }];
}
