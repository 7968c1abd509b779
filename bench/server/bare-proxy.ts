/** The least that stands between a client and a model: the request is read and asked, the answer is read and told. */
import { Agent, createServer, request as ask, type IncomingMessage } from 'node:http';
import { sayWhere } from './listening.ts';
import { told } from './part-process.ts';

// Whoever starts this script says it in this form.
const { model } = told() as { readonly model: string };
const agent = new Agent({ keepAlive: true, timeout: 4000 });

function whenRead(message: IncomingMessage, then: (value: unknown) => void): void {
  let text = '';
  message.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  message.on('end', () => then(JSON.parse(text)));
}

const json = (body: string) => ({ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });

const server = createServer((request, response) =>
  whenRead(request, (asked) => {
    const body = JSON.stringify(asked);
    const asking = ask(`${model}/v1/chat/completions`, { method: 'POST', agent, headers: json(body) }, (answer) =>
      whenRead(answer, (answered) => {
        const reply = JSON.stringify(answered);
        response.writeHead(200, json(reply)).end(reply);
      }),
    );
    asking.on('error', (error) => response.writeHead(502).end(error.message));
    asking.end(body);
  }),
);

sayWhere(server);
