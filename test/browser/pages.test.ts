/** The server as pages of other origins meet it: in a real browser, which has rules of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { test, type TestContext } from 'node:test';
import { text } from 'node:stream/consumers';
import { holding, story, wired } from '../server/live-rig.ts';
import { openPage } from './chromium.ts';

/** How long a page may take to tell what it saw; then the test says what the browser complained of. */
const patience = 60_000;

const ofTest = (name: string): URL => new URL(name, import.meta.url);

function scriptOf(path: string): string | undefined {
  const source = /^\/client\/([\w-]+\.ts)$/.exec(path)?.[1];
  if (source !== undefined) return stripTypeScriptTypes(readFileSync(ofTest(`../../src/client/${source}`), 'utf8'));
  if (path === '/socket.io.esm.min.js')
    return readFileSync(ofTest('../../node_modules/socket.io-client/dist/socket.io.esm.min.js'), 'utf8');
  return path === '/page.mjs' || path === '/stranger.mjs' ? readFileSync(ofTest(`.${path}`), 'utf8') : undefined;
}

interface Pages {
  readonly port: number;
  /** What is shown at `/` and at `/stranger`. */
  readonly shown: Map<string, string>;
  told(this: void, path: string): Promise<unknown>;
}

/** A web server for the pages, which hears what they tell. */
async function pages(t: TestContext): Promise<Pages> {
  const shown = new Map<string, string>();
  const heard = new Map<string, PromiseWithResolvers<unknown>>();
  const hearing = (path: string): PromiseWithResolvers<unknown> => {
    const one = heard.get(path) ?? Promise.withResolvers<unknown>();
    heard.set(path, one);
    return one;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (request.method === 'POST') hearing(path).resolve(JSON.parse(await text(request)));
    const page = shown.get(path);
    const script = scriptOf(path);
    response.setHeader('content-type', page === undefined ? 'text/javascript' : 'text/html');
    response.end(page ?? script ?? '');
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '::', () => undefined);
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the pages are nowhere');
  return { port: address.port, shown, told: (path) => hearing(path).promise };
}

/** Silence that lasts: large enough that nobody fetches it whole to hear its end. */
function longSound(seconds: number): Buffer {
  const rate = 44_100;
  const bytes = Buffer.alloc(44 + seconds * rate * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  return bytes;
}

async function inTime<T>(telling: Promise<T>, complaints: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the page told nothing; the browser said:\n${complaints()}`)), patience);
  });
  return Promise.race([telling, late]).finally(() => clearTimeout(timer));
}

test('a page of an allowed origin starts, follows and shows; one of another origin is refused', async (t) => {
  const site = await pages(t);
  const home = `http://127.0.0.1:${site.port}`;
  const { agents, go } = holding();
  for (const step of ['first', 'second', 'third']) go(step);
  const { host, key, backend, orchestrator, app } = await wired(t, { agents, workflows: [story], settings: { origins: [home] } });
  const own = await key(['run'], ['default']);
  const { id: film } = await backend.blobs.put(longSound(120), 'audio/wav', Date.now());
  await backend.access.grants.grant('default', film);
  const { id: run } = await orchestrator.start(story, 7);
  const ranges: string[] = [];
  app.server.on('request', ({ headers: { range }, url = '' }: IncomingMessage) => {
    // Films have it, and nothing else that the page asks for.
    if (range !== undefined && url.includes('?link=')) ranges.push(range);
  });
  const words = new URLSearchParams({ server: `http://${host}`, key: own, film, run }).toString();
  const elsewhere = `http://localhost:${site.port}`;
  site.shown.set('/', `<iframe src="${elsewhere}/stranger"></iframe><script type="module" src="/page.mjs?${words}"></script>`);
  site.shown.set('/stranger', `<script type="module" src="/stranger.mjs?${words}"></script>`);
  const browser = openPage(`${home}/`);
  t.after(() => browser.close());
  const [told, byStranger] = await inTime(Promise.all([site.told('/told'), site.told('/told-by-stranger')]), () => browser.complaints());
  const opened = { code: 1000, protocol: 'continuo', told: true };
  assert.deepEqual(told, {
    followed: true,
    eventSource: true,
    webSocketWithKey: opened,
    webSocketWithTicket: opened,
    socketIo: { status: 'succeeded' },
    film: { duration: 120, at: 118 },
    withoutLink: 'refused',
    headersSeen: { status: 404, type: 'application/problem+json', id: true },
    part: { status: 206, text: 'RIFF', range: `bytes 0-3/${44 + 120 * 44_100 * 4}` },
  });
  // Its end was not waited for from the beginning.
  assert.ok(
    ranges.some((range) => Number(/^bytes=(\d+)-/.exec(range)?.[1]) > 10_000_000),
    ranges.join(),
  );
  assert.deepEqual(byStranger, { fetched: 'refused', read: 'refused', webSocket: 'refused', socketIo: 'refused' });
});
