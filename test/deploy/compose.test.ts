import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
import { loadAgents } from '../../src/cli/load/load.ts';
import { deploy, parsed, read } from './told.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

// The tests look at what it has.
const compose = parsed('compose/docker-compose.yml') as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};
const services = Object.entries(compose.services);
const dockerfile = read('compose/Dockerfile');
const root = new URL('..', deploy);

/** Options of a command of ours, as its help says. */
function optionsOf(command: string): readonly string[] {
  const { stdout, status } = spawnSync(process.execPath, ['bin/continuo.mjs', command, '--help'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
  });
  assert.equal(status, 0, `continuo ${command} --help`);
  return [...stdout.matchAll(/--[\w-]+/g)].map(([option]) => option);
}

suite('docker compose', () => {
  test('images have a tag, and ours is built from the Node that the project runs on', () => {
    for (const [name, { image }] of services) assert.match(image, /^[\w./-]+:[\w.-]+$/, name);
    const { devDependencies = {}, dependencies = {} } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const node = (devDependencies['node'] ?? dependencies['node'] ?? '').split('.')[0];
    const froms = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => major);
    assert.deepEqual(froms, [node, node]);
  });

  test('commands are there, with their options', () => {
    const [, entry = '[]'] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    const ours = [
      ...services.flatMap(([name, { command = [] }]) => (['server', 'worker'].includes(name) ? [command] : [])),
      JSON.parse(entry) as string[],
    ];
    assert.equal(ours.length, 3);
    for (const [command = '', ...rest] of ours) {
      const known = optionsOf(command);
      for (const option of rest.filter((word) => word.startsWith('--')))
        assert.ok(known.includes(option), `continuo ${command} has no ${option}`);
    }
  });

  test('the environment is one that the product reads, and no secret is written down', () => {
    const source = globSync('src/**/*.ts', { cwd: fileURLToPath(root) })
      .map((path) => readFileSync(new URL(path, root), 'utf8'))
      .join('\n');
    for (const name of ['server', 'worker'])
      for (const variable of Object.keys(compose.services[name]?.environment ?? {}))
        assert.ok(source.includes(`'${variable}'`), `nothing reads ${variable}`);
    const example = read('compose/.env.example');
    for (const [name, { environment = {} }] of services)
      for (const [variable, value] of Object.entries(environment)) {
        if (/PASSWORD|KEY/.test(variable)) assert.match(value, /^\$\{\w+/, `${name}: ${variable}`);
        for (const [, asked = ''] of value.matchAll(/\$\{(\w+)/g)) assert.match(example, new RegExp(`^${asked}=$`, 'm'));
      }
  });

  test('ports, volumes, secrets and services that are named are there', () => {
    const { expose = [], command = [] } = compose.services['server'] ?? {};
    const port = command[command.indexOf('--port') + 1];
    assert.deepEqual(expose, [port]);
    for (const text of [read('compose/nginx.conf'), read('prometheus/prometheus.yml'), dockerfile])
      assert.ok(text.includes(port ?? 'none'));
    for (const [name, { volumes = [], secrets = [], depends_on: needs = [] }] of services) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        const isThere = from.startsWith('.')
          ? existsSync(new URL(from, new URL('compose/', deploy)))
          : Object.hasOwn(compose.volumes, from);
        assert.ok(isThere, `${name}: ${from}`);
      }
      for (const secret of secrets) assert.ok(Object.hasOwn(compose.secrets, secret), secret);
      for (const need of Array.isArray(needs) ? needs : Object.keys(needs))
        assert.ok(Object.hasOwn(compose.services, String(need)), `${name} needs ${String(need)}`);
    }
  });

  test('what is not for everybody listens on this machine alone', () => {
    const open = services.flatMap(([name, { ports = [] }]) =>
      ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `${name} ${port}`),
    );
    assert.deepEqual(open, ['nginx 8080:80']);
  });

  test('nginx lets 10 requests a second through for each key, and does not show figures', () => {
    const text = read('compose/nginx.conf')
      .replaceAll(/#.*$/gm, '')
      .replaceAll(/''|'[^']*'/g, 'text');
    assert.match(text, /limit_req_zone \$who zone=continuo:\w+ rate=10r\/s;/);
    assert.match(text, /location = \/metrics \{ return 404; \}/);
    let depth = 0;
    for (const sign of text.matchAll(/[{}]/g)) assert.ok((depth += sign[0] === '{' ? 1 : -1) >= 0);
    assert.equal(depth, 0);
    for (const line of text.split('\n').map((one) => one.trim())) assert.match(line, /^$|[;{}]$/, line);
  });

  test('the agents that a worker begins with can be loaded', async () => {
    const { agents } = await loadAgents(fileURLToPath(new URL('compose/agents/agents.mjs', deploy)));
    assert.deepEqual(
      agents.map(({ id }) => id),
      ['echo'],
    );
  });

  test('the image runs as nobody special, and is well when /readyz says so', () => {
    assert.match(dockerfile, /^USER node$/m);
    assert.match(dockerfile, /HEALTHCHECK[^]*\/readyz/);
  });
});
