/** The servers that tests stand on, and how each is started. */
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { mustHavePostgres, postgresUser, reachable } from './postgres-binaries.ts';
import type { Recipe } from './recipe.ts';

export type Kind = 'postgres' | 'redis';

const inUse = /Address already in use|could not bind/i;

const postgres: Recipe = {
  prepare: (folder) => {
    const user = postgresUser();
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const binaries = reachable(mustHavePostgres(), user, folder);
    const data = join(folder, 'data');
    const how = ['-D', data, '-U', 'continuo', '-A', 'trust', '-E', 'UTF8', '--no-locale'];
    const made = spawnSync(join(binaries, 'initdb'), how, { ...user, encoding: 'utf8', cwd: folder });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`);
    const flags = ['-D', data, '-k', '', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'];
    return { command: join(binaries, 'postgres'), user, flags: (port) => [...flags, '-p', String(port)] };
  },
  ready: 'database system is ready to accept connections',
  taken: inUse,
  lingering: /shared memory block|lock file .* already exists/,
  // At once: what it would still write out is thrown away a moment later.
  ending: 'SIGQUIT',
};

const redis: Recipe = {
  prepare: (folder) => {
    mustHaveRedis();
    const flags = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
    return { command: 'redis-server', user: {}, flags: (port) => [...flags, '--port', String(port)] };
  },
  ready: 'Ready to accept connections',
  taken: inUse,
  lingering: /^$/,
  ending: 'SIGTERM',
};

export const recipes: Readonly<Record<Kind, Recipe>> = { postgres, redis };

export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

function mustHaveRedis(): void {
  if (!hasRedis())
    throw new Error('there is no redis-server to test with; install one: apt-get install redis-server, or brew install redis');
}
