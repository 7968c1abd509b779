/** generateContent, as Google writes it. */
import { usualTokens, wholeText } from './script.ts';
import type { Answer, Media, Tokens } from './script.ts';
import type { Wire } from './wire.ts';

const reasons = { stop: 'STOP', length: 'MAX_TOKENS', filter: 'SAFETY' } as const;

function usageOf(tokens: Tokens): object {
  return {
    promptTokenCount: tokens.input,
    candidatesTokenCount: tokens.output,
    totalTokenCount: tokens.input + tokens.output,
    ...(tokens.cached === undefined ? {} : { cachedContentTokenCount: tokens.cached }),
  };
}

const usageFields = (answer: Answer): object => (answer.usage === 'none' ? {} : { usageMetadata: usageOf(answer.usage ?? usualTokens) });

const toolParts = (answer: Answer): readonly object[] =>
  (answer.tools ?? []).map(({ name, arguments: args }) => ({ functionCall: { name, args: JSON.parse(args) as unknown } }));

const content = (parts: readonly object[]): object => ({ role: 'model', parts });

export const googleWire: Wire = {
  whole: (answer, model) => {
    const text = wholeText(answer.text);
    const parts = [...(text === '' ? [] : [{ text }]), ...toolParts(answer)];
    const candidates = [{ content: content(parts), finishReason: reasons[answer.finish ?? 'stop'], index: 0 }];
    return { candidates, modelVersion: model, responseId: 'r1', ...usageFields(answer) };
  },
  begin: () => [],
  text: (text, model) => [{ data: { candidates: [{ content: content([{ text }]), index: 0 }], modelVersion: model, responseId: 'r1' } }],
  finish: (answer, model) => {
    const finishReason = reasons[answer.finish ?? 'stop'];
    const candidates = [{ content: content(toolParts(answer)), finishReason, index: 0 }];
    return [{ data: { candidates, modelVersion: model, responseId: 'r1', ...usageFields(answer) } }];
  },
  error: (message) => [{ data: { error: { code: 503, message, status: 'UNAVAILABLE' } } }],
  done: '',
  media: ({ bytes, type, tokens = usualTokens }: Media) => {
    const parts = [{ inlineData: { mimeType: type, data: Buffer.from(bytes).toString('base64') } }];
    return { candidates: [{ content: content(parts), finishReason: 'STOP', index: 0 }], usageMetadata: usageOf(tokens) };
  },
  vectors: (vectors, _tokens, one) => (one ? { embedding: { values: vectors[0] } } : { embeddings: vectors.map((values) => ({ values })) }),
};
