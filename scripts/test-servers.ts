/**
 * Before the tests: is there a Redis, a Postgres, Prometheus's tool and a browser to test with? On Debian, as root, what is missing is
 * installed; elsewhere it is said what to install.
 */
import { spawnSync } from 'node:child_process';
import { hasChromium } from '../test/browser/chromium.ts';
import { hasPromtool } from '../test/deploy/promtool.ts';
import { hasRedis } from '../test/servers/recipes.ts';
import { postgresBinaries } from '../test/servers/postgres-binaries.ts';

const servers = [
  { name: 'Redis', packages: { apt: 'redis-server', brew: 'redis' }, isThere: hasRedis },
  { name: 'Postgres', packages: { apt: 'postgresql', brew: 'postgresql@17' }, isThere: () => postgresBinaries() !== undefined },
  // Its tool alone is needed, which reads rules and figures; no Prometheus is started.
  { name: 'Prometheus', packages: { apt: 'prometheus', brew: 'prometheus' }, isThere: hasPromtool },
  { name: 'Chromium', packages: { apt: 'chromium', brew: '--cask chromium' }, isThere: hasChromium },
];

function apt(...words: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

/** What the lists do not have yet, new lists may. */
function install(name: string): boolean {
  const how = ['install', '-y', '-qq', '--no-install-recommends', name];
  return apt(...how) || (apt('update', '-qq') && apt(...how));
}

/** Debian starts what it installs; nobody needs this one to run. */
function putToRest(service: string): void {
  for (const words of [
    ['systemctl', 'disable', '--now', service],
    ['service', service, 'stop'],
  ] as const)
    if (spawnSync(words[0], words.slice(1), { stdio: 'ignore' }).status === 0) return;
}

const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
const missing = servers.filter(({ isThere }) => !isThere());
for (const { name, packages } of mayInstall ? missing : []) {
  process.stdout.write(`${name} is missing: installing ${packages.apt} for the tests\n`);
  install(packages.apt);
  if (packages.apt === 'prometheus') putToRest(packages.apt);
}
const still = missing.filter(({ isThere }) => !isThere());
for (const { name, packages } of still)
  process.stderr.write(
    `The tests need a ${name}, and there is none. Install it: apt-get install ${packages.apt} (Debian, Ubuntu), or brew install ${packages.brew} (macOS).\n`,
  );
if (still.length > 0) process.exitCode = 1;
