import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chooseStore, storeFromEnvironment, withoutPassword, type Environment, type StoreWords } from './compose-distributed.ts';

const shared: Environment = {
  CONTINUO_POSTGRES: 'postgres://ada:secret@db:5432/runs',
  CONTINUO_REDIS: 'redis://cache:6379',
  CONTINUO_BLOBS: '/srv/blobs',
};
const keys: Environment = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'hush', AWS_REGION: 'eu-central-1' };

const optionsOf = (said: StoreWords, env: Environment): object => {
  const choice = chooseStore(said, env);
  assert.equal(choice.is, 'distributed');
  return choice.is === 'distributed' ? choice.options : {};
};

suite('which store is meant', () => {
  test('the usual directory where nobody says anything', () => {
    assert.deepEqual(chooseStore({}, {}), { is: 'embedded', dir: '.continuo', named: false });
    assert.equal(storeFromEnvironment({}), undefined);
    assert.equal(storeFromEnvironment({ CONTINUO_POSTGRES: ' ', CONTINUO_REDIS: '' }), undefined);
    assert.equal(storeFromEnvironment({ CONTINUO_BLOBS: '/srv/blobs' }), undefined);
  });

  test('a directory that was said goes before the environment', () => {
    assert.deepEqual(chooseStore({ dir: 'data' }, shared), { is: 'embedded', dir: 'data', named: true });
  });

  test('the environment names a shared store, and what is said goes before it', () => {
    assert.deepEqual(storeFromEnvironment(shared), {
      postgres: 'postgres://ada:secret@db:5432/runs',
      redis: 'redis://cache:6379',
      blobs: '/srv/blobs',
    });
    assert.deepEqual(optionsOf({ redis: 'rediss://other' }, { ...shared, CONTINUO_LEASE: '4s' }), {
      postgres: 'postgres://ada:secret@db:5432/runs',
      redis: 'rediss://other',
      blobs: '/srv/blobs',
      lease: 4000,
    });
  });

  test('a schema travels in the address of Postgres', () => {
    assert.deepEqual(optionsOf({ postgres: 'postgres://db/runs?sslmode=require&schema=two' }, shared), {
      postgres: { url: 'postgres://db/runs?sslmode=require', schema: 'two' },
      redis: 'redis://cache:6379',
      blobs: '/srv/blobs',
    });
  });

  test('a cluster and sentinels are named by all their servers', () => {
    assert.deepEqual(optionsOf({ redis: 'redis-cluster://ada:p%40ss@a:1,b:2' }, shared), {
      postgres: 'postgres://ada:secret@db:5432/runs',
      redis: { url: ['redis://a:1', 'redis://b:2'], cluster: true, username: 'ada', password: 'p@ss' },
      blobs: '/srv/blobs',
    });
    assert.deepEqual(optionsOf({ redis: 'rediss-sentinel://:hush@a:1,b:2#main' }, shared), {
      postgres: 'postgres://ada:secret@db:5432/runs',
      redis: { url: ['rediss://a:1', 'rediss://b:2'], sentinel: 'main', password: 'hush' },
      blobs: '/srv/blobs',
    });
  });

  test('blobs in S3 take their keys from the usual variables', () => {
    assert.deepEqual(optionsOf({ blobs: 's3://films/of/mine' }, { ...shared, ...keys }), {
      postgres: 'postgres://ada:secret@db:5432/runs',
      redis: 'redis://cache:6379',
      blobs: {
        s3: {
          bucket: 'films',
          prefix: 'of/mine',
          endpoint: 'https://s3.eu-central-1.amazonaws.com',
          region: 'eu-central-1',
          accessKey: 'id',
          secretKey: 'hush',
        },
      },
    });
    const own = optionsOf({ blobs: 's3://films' }, { ...shared, ...keys, CONTINUO_S3_ENDPOINT: 'http://minio:9000' });
    assert.match(JSON.stringify(own), /"endpoint":"http:\/\/minio:9000"/);
  });
});

suite('what names no store is refused, with the mend and without passwords', () => {
  const refused: readonly (readonly [string, StoreWords, Environment, RegExp])[] = [
    ['both kinds', { dir: 'data', postgres: 'postgres://db', redis: 'redis://r' }, {}, /--dir .* --postgres, --redis .*one or the other/],
    ['Postgres alone', { postgres: 'postgres://db' }, {}, /missing: --redis \(or CONTINUO_REDIS\) and --blobs \(or CONTINUO_BLOBS\)/],
    ['Redis alone', {}, { CONTINUO_REDIS: 'redis://r' }, /missing: --postgres \(or CONTINUO_POSTGRES\) and --blobs/],
    ['no blobs', { postgres: 'postgres://db', redis: 'redis://r' }, {}, /missing: --blobs \(or CONTINUO_BLOBS\)$/],
    ['blobs alone, said', { blobs: '/srv' }, {}, /missing: --postgres .* and --redis/],
    ['another scheme', { postgres: 'mysql://ada:topsecret@db/x' }, shared, /--postgres .*begins with mysql:\); write postgres:/],
    ['no address', { postgres: 'ada:topsecret@db' }, shared, /--postgres .* is no address/],
    ['a port that is none', { redis: 'redis://:topsecret@r:port' }, shared, /--redis .* is no address/],
    ['no host', { redis: 'redis://' }, shared, /--redis .* is no address/],
    ['sentinels of nobody', { redis: 'redis-sentinel://:topsecret@a:1' }, shared, /end it with #name/],
    ['half an escape', { redis: 'redis-cluster://:topsecret%zz@a:1' }, shared, /write %25/],
    ['a bucket without a name', { blobs: 's3://' }, { ...shared, ...keys }, /without a bucket/],
    ['S3 without keys', { blobs: 's3://b' }, shared, /AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION \(or CONTINUO_S3_ENDPOINT/],
    ['blobs elsewhere', { blobs: 'https://ada:topsecret@web/' }, shared, /neither a folder nor s3:/],
    ['a lease of nothing', {}, { ...shared, CONTINUO_LEASE: 'soon' }, /CONTINUO_LEASE "soon"/],
    ['a lease too short', {}, { ...shared, CONTINUO_LEASE: '20ms' }, /a second or more/],
  ];
  for (const [name, said, env, pattern] of refused)
    test(name, () => {
      assert.throws(
        () => chooseStore(said, env),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'USAGE');
          assert.match(error.message, pattern);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    });

  test('addresses are shown without their passwords', () => {
    for (const [address, shown] of [
      ['postgres://ada:secret@db:5432/runs', 'postgres://ada@db:5432/runs'],
      ['postgres://ada:se/c?r@et@db/runs', 'postgres://ada@db/runs'],
      ['redis://:secret@cache', 'redis://cache'],
      ['postgres://db/runs?password=secret&sslmode=require', 'postgres://db/runs?sslmode=require'],
      ['postgres://db/runs?user=ada&password=secret', 'postgres://db/runs?user=ada'],
      ['redis-cluster://ada:secret@a:1,b:2', 'redis-cluster://ada@a:1,b:2'],
      ['redis://cache:6379/0', 'redis://cache:6379/0'],
      ['/srv/blobs', '/srv/blobs'],
    ] as const)
      assert.equal(withoutPassword(address), shown);
  });
});
