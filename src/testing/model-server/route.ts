/** Which protocol a request speaks, and of which model. */
import { anthropicWire } from './anthropic-wire.ts';
import { googleWire } from './google-wire.ts';
import { openaiWire } from './openai-wire.ts';
import type { Wire } from './wire.ts';

export interface Route {
  readonly path: string;
  readonly model: string;
  readonly streamed: boolean;
  readonly wire: Wire;
  /** How many texts want vectors; absent when none do. */
  readonly texts?: { readonly one: boolean; readonly count: number };
}

export function routeOf(url: string, body: Readonly<Record<string, unknown>>): Route {
  const path = new URL(url, 'http://localhost').pathname;
  const google = /\/models\/(.+):(generateContent|streamGenerateContent|embedContent|batchEmbedContents)$/.exec(path);
  const streamed = body['stream'] === true;
  if (google !== null) {
    const [, model = '', action = ''] = google;
    const count = Array.isArray(body['requests']) ? body['requests'].length : 1;
    const texts = action.endsWith('EmbedContents') || action === 'embedContent' ? { texts: { one: action === 'embedContent', count } } : {};
    return { path, model: decodeURIComponent(model), streamed: action === 'streamGenerateContent', wire: googleWire, ...texts };
  }
  const model = typeof body['model'] === 'string' ? body['model'] : '';
  if (path.endsWith('/messages')) return { path, model, streamed, wire: anthropicWire };
  if (!path.endsWith('/embeddings')) return { path, model, streamed, wire: openaiWire };
  const count = Array.isArray(body['input']) ? body['input'].length : 1;
  return { path, model, streamed: false, wire: openaiWire, texts: { one: false, count } };
}
