import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { served } from './served.ts';

const page = 'https://app.example.com';
const preflight = (origin: string): Record<string, string> => ({
  origin,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization',
});

const plant = async (...[t, options]: Parameters<typeof served>): ReturnType<typeof served> => {
  const all = await served(t, options);
  all.app.get('/planted', { config: { access: { scope: 'read', of: 'some' } } }, async () => ({}));
  all.app.get('/planted/open', { config: { access: { open: 'to try' } } }, async () => ({}));
  return all;
};

suite('headers', () => {
  test('nobody keeps what is somebody’s, and every answer has its id', async (t) => {
    const { ask } = await plant(t);
    const own = await ask('GET', '/planted');
    assert.equal(own.headers['cache-control'], 'no-store');
    assert.match(String(own.headers['x-request-id']), /^[0-9a-f-]{36}$/);
    assert.equal((await ask('GET', '/planted/open')).headers['cache-control'], undefined);
    assert.equal((await ask('GET', '/nowhere')).headers['cache-control'], 'no-store');
    const refused = await ask('GET', '/planted', { key: '', headers: { 'x-request-id': 'request-of-mine' } });
    assert.deepEqual([refused.headers['x-request-id'], refused.as().request_id], ['request-of-mine', 'request-of-mine']);
  });

  test('a browser is told to trust nothing from elsewhere, in errors too', async (t) => {
    const { ask } = await plant(t);
    for (const path of ['/planted', '/nowhere']) {
      const { headers } = await ask('GET', path);
      assert.match(String(headers['content-security-policy']), /default-src 'self'.*object-src 'none'.*frame-ancestors 'none'/);
      assert.deepEqual(
        [headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']],
        ['nosniff', 'DENY', 'no-referrer'],
      );
      assert.equal(headers['x-powered-by'], undefined);
    }
  });

  test('without origins no page of another may ask', async (t) => {
    const { ask } = await plant(t);
    const { headers } = await ask('GET', '/planted', { headers: { origin: page } });
    assert.equal(headers['access-control-allow-origin'], undefined);
    const asked = await ask('OPTIONS', '/planted', { key: '', headers: preflight(page) });
    assert.deepEqual([asked.status, asked.headers['access-control-allow-origin']], [204, undefined]);
  });

  test('a page of an origin that is listed may ask, and its preflight needs no key', async (t) => {
    const { ask } = await plant(t, { settings: { origins: [page] } });
    const asked = await ask('OPTIONS', '/planted', { key: '', headers: preflight(page) });
    assert.deepEqual(
      [asked.status, asked.headers['access-control-allow-origin'], asked.headers['access-control-allow-methods'], asked.headers['vary']],
      [204, page, 'GET, HEAD, OPTIONS', 'Origin'],
    );
    assert.match(String(asked.headers['access-control-allow-headers']), /authorization.*x-api-key/);
    const refused = await ask('GET', '/planted', { key: '', headers: { origin: page } });
    assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [401, page]);
    for (const origin of ['https://evil.example.com', `${page}.evil.example.com`, 'null', page.toUpperCase()]) {
      const other = await ask('OPTIONS', '/planted', { key: '', headers: preflight(origin) });
      assert.deepEqual([other.headers['access-control-allow-origin'], other.headers['vary']], [undefined, 'Origin'], origin);
    }
  });

  test('where any page may ask, none brings a browser’s credentials', async (t) => {
    const { ask } = await plant(t, { settings: { origins: ['*'] } });
    for (const answer of [
      await ask('OPTIONS', '/planted', { key: '', headers: preflight(page) }),
      await ask('GET', '/planted', { headers: { origin: page } }),
    ]) {
      assert.equal(answer.headers['access-control-allow-origin'], '*');
      assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    }
  });
});
