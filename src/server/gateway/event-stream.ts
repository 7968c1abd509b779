import { z } from 'zod';

/** For the document of a route that can answer with server-sent events: what each of them says stands in its summary. */
export const eventStream: { readonly 'text/event-stream': { readonly schema: z.ZodString } } = {
  'text/event-stream': { schema: z.string() },
};
