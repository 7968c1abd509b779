import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ground, trespass } from './trespass.ts';

suite('nobody is let in', () => {
  test('whatever route there is, a key that may not use it gets nothing from it', async (t) => {
    const place = await ground(t);
    assert.ok(place.routes.length > 20);
    assert.deepEqual(await trespass(place, place.routes), []);
  });

  test('of routes that need no key none changes anything, but those that have another proof', (t) =>
    ground(t).then(({ routes }) => {
      const changing = routes.filter(({ method, access }) => 'open' in access && !['GET', 'HEAD', 'OPTIONS'].includes(method));
      assert.deepEqual(changing.map(({ method, url }) => `${method} ${url}`).toSorted(), ['POST /api/v1/hooks/:name', 'POST /socket.io/']);
    }));

  test('careless routes are found', async (t) => {
    const place = await ground(t, {}, ({ app, backend }) => {
      const all = async (): Promise<unknown> => backend.runs.list({});
      app.get('/planted/open', { config: { access: { open: 'by mistake' } } }, all);
      app.get('/planted/list', { config: { access: { scope: 'read', of: 'some' } } }, all);
      app.get('/planted/some/:id', { config: { access: { scope: 'read', of: 'some' } } }, async (request, reply) =>
        // It tells what is another's from what is not there.
        reply.code((await backend.runs.get((request.params as { readonly id: string }).id)) === undefined ? 404 : 403).send({}),
      );
      app.post('/planted/weak', { config: { access: { scope: 'read', of: 'all' } } }, async () => ({}));
    });
    const planted = place.routes.filter(({ url }) => url.startsWith('/planted/'));
    // Declared to be of anybody who reads, and meant for administrators.
    const meant = planted.map((route) =>
      route.url === '/planted/weak' ? { ...route, access: { scope: 'admin', of: 'all' } as const } : route,
    );
    const breaches = (await trespass(place, meant)).map(({ route, what }) => `${route}: ${what.replace(/:.*/s, '')}`);
    assert.deepEqual(breaches.filter((breach) => !breach.startsWith('HEAD')).toSorted(), [
      'GET /planted/list: a foreign key reads what is not its own',
      'GET /planted/open: an open route tells what is somebody’s',
      'GET /planted/some/:id: what is another’s is told from what is not there',
      'POST /planted/weak: a key without the scope admin',
      'POST /planted/weak: a key without the scope admin',
    ]);
  });
});
