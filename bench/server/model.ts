/** A model that answers every chat completion after some milliseconds with the same words. */
import { createServer } from 'node:http';
import { sayWhere } from './listening.ts';
import { told } from './part-process.ts';

// Whoever starts this script says it in this form.
const { delay } = told() as { readonly delay: number };

const reply = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A kite is a wing on a line.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 },
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(reply) });
      response.end(reply);
    }, delay);
  });
});

sayWhere(server);
