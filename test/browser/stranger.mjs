/** A page of an origin that nobody allowed, with a key that somebody gave away. */
const { server, key, run } = Object.fromEntries(new URL(import.meta.url).searchParams);
const headers = { authorization: `Bearer ${key}` };

const socket = (path, protocols) =>
  new Promise((resolve) => {
    const opened = new WebSocket(`${server.replace('http', 'ws')}${path}`, protocols);
    opened.onopen = () => resolve('opened');
    opened.onerror = () => resolve('refused');
  });

const tries = {
  fetched: () =>
    fetch(`${server}/api/v1/workflows`, { headers }).then(
      () => 'read',
      () => 'refused',
    ),
  read: () =>
    fetch(`${server}/health`).then(
      () => 'read',
      () => 'refused',
    ),
  webSocket: () => socket(`/ws/workflows/${run}`, ['continuo', `key.${key}`]),
  socketIo: () => socket('/socket.io/?EIO=4&transport=websocket'),
};

const told = {};
for (const [name, go] of Object.entries(tries)) told[name] = await go();
await fetch('/told-by-stranger', { method: 'POST', body: JSON.stringify(told) });
