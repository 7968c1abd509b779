/** A page of another origin that uses the whole server, and tells the test what it saw. */
import { client } from './client/index.ts';

const { server, key, film } = Object.fromEntries(new URL(import.meta.url).searchParams);
const authorization = `Bearer ${key}`;
const continuo = client({ url: server, key });

const begun = async () => (await continuo.startWorkflow({ body: { workflow: 'story', input: 7 } })).workflow_id;

async function linkTo(path) {
  const { url } = await continuo.makeLink({ body: { path } });
  return `${server}${url}`;
}

function socketTells(path, protocols) {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${server.replace('http', 'ws')}${path}`, protocols);
    const events = [];
    socket.onmessage = ({ data }) => events.push(JSON.parse(data).event);
    socket.onclose = ({ code }) => resolve({ code, protocol: socket.protocol, told: events.includes('run:ended') });
  });
}

const tries = {
  async followed() {
    const events = [];
    for await (const { event } of continuo.follow(await begun())) events.push(event);
    return events.includes('run:ended');
  },
  async eventSource() {
    const source = new EventSource(await linkTo(`/api/v1/workflows/${await begun()}/stream`));
    const events = [];
    source.onmessage = ({ data }) => events.push(JSON.parse(data).event);
    return new Promise((resolve) => {
      source.addEventListener('end', () => resolve(events.includes('run:ended')));
      source.onerror = () => resolve('it broke off');
    }).finally(() => source.close());
  },
  async webSocketWithKey() {
    return socketTells(`/ws/workflows/${await begun()}`, ['continuo', `key.${key}`]);
  },
  async webSocketWithTicket() {
    const run = await begun();
    const { ticket } = await continuo.issueLiveTicket();
    return socketTells(`/ws/workflows/${run}?ticket=${ticket}`, ['continuo']);
  },
  async socketIo() {
    const { io } = await import('/socket.io.esm.min.js');
    const socket = io(server, { auth: { key } });
    try {
      const run = await begun();
      const ended = new Promise((resolve) => socket.on('end', resolve));
      await socket.timeout(10_000).emitWithAck('subscribe', { run });
      return await ended;
    } finally {
      socket.close();
    }
  },
  async film() {
    const shown = document.createElement('video');
    shown.preload = 'metadata';
    shown.src = await linkTo(`/api/v1/blobs/${film}`);
    const happens = (name) =>
      new Promise((resolve, reject) => {
        shown.addEventListener(name, resolve, { once: true });
        shown.addEventListener('error', () => reject(new Error(shown.error.message)), { once: true });
      });
    await happens('loadedmetadata');
    const { duration } = shown;
    shown.currentTime = duration - 2;
    await happens('seeked');
    return { duration: Math.round(duration), at: Math.round(shown.currentTime) };
  },
  async withoutLink() {
    const shown = document.createElement('video');
    shown.src = `${server}/api/v1/blobs/${film}`;
    return new Promise((resolve) => (shown.onerror = () => resolve('refused')));
  },
  async headersSeen() {
    const answer = await fetch(`${server}/api/v1/workflows/nothing`, { headers: { authorization } });
    return { status: answer.status, type: answer.headers.get('content-type'), id: answer.headers.get('x-request-id') !== null };
  },
  async part() {
    const answer = await fetch(`${server}/api/v1/blobs/${film}`, { headers: { authorization, range: 'bytes=0-3' } });
    return { status: answer.status, text: await answer.text(), range: answer.headers.get('content-range') };
  },
};

const told = {};
for (const [name, go] of Object.entries(tries)) told[name] = await go().catch((error) => String(error));
await fetch('/told', { method: 'POST', body: JSON.stringify(told) });
