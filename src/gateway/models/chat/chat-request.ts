/** What is asked, in the words of chat completions. */
import type { LanguageModelV4FunctionTool, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import type { Request } from '../request.ts';

/** Where servers of this protocol differ. */
export interface Dialect {
  /** The field that makes an answer repeatable. */
  readonly seed: 'seed' | 'random_seed';
  /** Whether the usage of a stream has to be asked for: some refuse fields that they do not know, and send it unasked. */
  readonly asksForUsage: boolean;
}

/** Fields that are undefined are not sent. */
type Body = Readonly<Record<string, unknown>>;

export function bodyOf(model: string, request: Request, dialect: Dialect): Body {
  return {
    model,
    max_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    stop: request.stopSequences,
    [dialect.seed]: request.seed,
    response_format: formatOf(request.responseFormat),
    messages: messagesOf(request.prompt),
    tools: request.tools?.map(toolOf),
    tool_choice: choiceOf(request.toolChoice),
  };
}

/** The same, to be answered as it comes. */
export function asStream(body: Body, { asksForUsage }: Dialect): Body {
  return { ...body, stream: true, ...(asksForUsage ? { stream_options: { include_usage: true } } : {}) };
}

function formatOf(format: Request['responseFormat']): Body | undefined {
  if (format?.type !== 'json') return undefined;
  const { schema, name = 'answer' } = format;
  return schema === undefined ? { type: 'json_object' } : { type: 'json_schema', json_schema: { name, schema, strict: true } };
}

type Tool = NonNullable<Request['tools']>[number];

function toolOf(tool: Tool): Body {
  if (tool.type !== 'function') throw new UnsupportedFunctionalityError({ functionality: `the tool ${tool.id}` });
  const { name, description, inputSchema: parameters, strict }: LanguageModelV4FunctionTool = tool;
  return { type: 'function', function: { name, description, parameters, strict } };
}

function choiceOf(choice: Request['toolChoice']): Body | string | undefined {
  return choice?.type === 'tool' ? { type: 'function', function: { name: choice.toolName } } : choice?.type;
}

type Message = LanguageModelV4Prompt[number];
type Part = Exclude<Message['content'], string>[number];

function messagesOf(prompt: LanguageModelV4Prompt): readonly Body[] {
  return prompt.flatMap((message): readonly Body[] => {
    switch (message.role) {
      case 'system':
        return [{ role: 'system', content: message.content }];
      case 'user':
        return [{ role: 'user', content: message.content.map(textIn).join('') }];
      case 'assistant': {
        const text = message.content.flatMap((part) => (part.type === 'tool-call' ? [] : textIn(part))).join('');
        const calls = message.content.flatMap((part) => (part.type === 'tool-call' ? callOf(part) : []));
        return [
          { role: 'assistant', ...(calls.length === 0 ? { content: text } : { content: text === '' ? null : text, tool_calls: calls }) },
        ];
      }
      case 'tool':
        return message.content.map(resultOf);
    }
  });
}

/** The gateway's own prompts are of texts and tools. */
function textIn(part: Part): string {
  if (part.type === 'text') return part.text;
  throw new UnsupportedFunctionalityError({ functionality: `a part of type ${part.type}` });
}

function callOf({ toolCallId: id, toolName: name, input }: Extract<Part, { type: 'tool-call' }>): Body {
  return { id, type: 'function', function: { name, arguments: isJson(input) ? input : JSON.stringify(input) } };
}

function isJson(input: unknown): input is string {
  if (typeof input !== 'string') return false;
  try {
    JSON.parse(input);
    return true;
  } catch {
    return false;
  }
}

function resultOf(part: Part): Body {
  if (part.type !== 'tool-result') throw new UnsupportedFunctionalityError({ functionality: `a part of type ${part.type}` });
  const { toolCallId, output } = part;
  return { role: 'tool', tool_call_id: toolCallId, content: output.type === 'text' ? output.value : JSON.stringify(output) };
}
