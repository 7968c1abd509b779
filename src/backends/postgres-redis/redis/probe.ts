/** Looks at a Redis before it is used, and refuses with what is wrong, where, and what mends it. */
import { Redis } from 'ioredis';
import { ContinuoError } from '../../../core/errors.ts';
import type { Address, Server } from './address.ts';
import { commonOf } from './client.ts';

const oldest: readonly [number, number] = [6, 2];

/** `key` is written and lapses: what the user may do shows in doing it. */
export async function probe(address: Address, key: string): Promise<void> {
  const checkServer: Look<void> = (client, where) => check(client, where, address, key);
  switch (address.kind.is) {
    case 'single':
      return looking(address, address.servers[0], checkServer);
    case 'sentinel':
      return looking(address, await masterOf(address, address.kind.master), checkServer);
    case 'cluster':
      return anyOf(address, (server) => looking(address, server, checkServer));
  }
}

type Look<T> = (client: Redis, where: string) => Promise<T>;

/** One server that can be reached is enough to begin with; what it says of itself goes. */
async function anyOf<T>({ servers }: Address, look: (server: Server) => Promise<T>): Promise<T> {
  let unreachable: unknown;
  for (const server of servers) {
    try {
      return await look(server);
    } catch (error) {
      if (!(error instanceof ContinuoError && error.code === 'STORE_UNREACHABLE')) throw error;
      unreachable ??= error;
    }
  }
  throw unreachable;
}

async function looking<T>(address: Address, server: Server, look: Look<T>, access: Address['access'] = address.access): Promise<T> {
  const where = `Redis at ${server.host}:${server.port}`;
  const { username: _, password: __, ...common } = commonOf(address);
  const client = new Redis({
    ...common,
    ...access,
    ...server,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: 5000,
    enableReadyCheck: false,
  });
  let last: Error | undefined;
  client.on('error', (error: Error) => (last = error));
  try {
    await client.connect();
    return await look(client, where);
  } catch (error) {
    throw refusal(where, last !== undefined && isClosed(error) ? last : error);
  } finally {
    client.disconnect();
  }
}

const isClosed = (error: unknown): boolean => error instanceof Error && error.message.includes('Connection is closed');

function refusal(where: string, error: unknown): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const message = (error instanceof Error ? error.message || String(error) : String(error)).replace(/\.+$/, '');
  if (message.startsWith('NOAUTH')) return new ContinuoError('STORE_DENIED', `${where} wants a password, and its address has none`);
  if (/^(WRONGPASS|NOPERM|ERR.*AUTH|ERR invalid password)/i.test(message))
    return new ContinuoError('STORE_DENIED', `${where} refused the user or the password, or what this user may do: ${message}`);
  return new ContinuoError('STORE_UNREACHABLE', `${where} could not be reached: ${message}`);
}

async function check(client: Redis, where: string, { kind }: Address, key: string): Promise<void> {
  const info = readInfo(await client.info());
  checkVersion(where, info.get('redis_version') ?? '');
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    throw new ContinuoError(
      'STORE_UNFIT',
      `${where} has maxmemory-policy ${policy}, by which it forgets orders when its memory is short. Set it to noeviction.`,
    );
  const isCluster = info.get('cluster_enabled') === '1';
  if (isCluster && kind.is !== 'cluster')
    throw new ContinuoError(
      'STORE_UNFIT',
      `${where} is a node of a Redis Cluster: begin the address with redis-cluster:// (in a program: \`cluster: true\`)`,
    );
  if (!isCluster && kind.is === 'cluster')
    throw new ContinuoError(
      'STORE_UNFIT',
      `${where} is no node of a Redis Cluster: begin the address with redis:// (in a program: without \`cluster: true\`)`,
    );
  if (isCluster) await checkCluster(client, where);
  else checkRole(where, info.get('role'));
  await client.eval('return 1', 0);
  await client.set(key, '1', 'PX', 1000).catch(unlessElsewhere);
}

/** In a cluster the key may be another node's. */
function unlessElsewhere(error: unknown): void {
  if (!(error instanceof Error && /^(MOVED|ASK)/.test(error.message))) throw error;
}

function checkVersion(where: string, version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new ContinuoError('STORE_UNFIT', `${where} is version ${version}; ${oldest.join('.')} is the oldest that will do. Update it.`);
}

async function checkCluster(client: Redis, where: string): Promise<void> {
  const state = readInfo(await client.cluster('INFO')).get('cluster_state');
  if (state !== 'ok')
    throw new ContinuoError('STORE_UNFIT', `${where} says that its cluster is ${state}: some slots have no node. Mend the cluster first.`);
}

function checkRole(where: string, role: string | undefined): void {
  if (role !== undefined && role !== 'master')
    throw new ContinuoError(
      'STORE_UNFIT',
      `${where} is a replica, which cannot be written to. Give the address of its master, or of its sentinels (redis-sentinel://host:port#master).`,
    );
}

async function masterOf(address: Address, master: string): Promise<Server> {
  return anyOf(address, (server) =>
    looking(
      address,
      server,
      async (client, where) => {
        const found = await client.call('SENTINEL', 'get-master-addr-by-name', master);
        if (!Array.isArray(found))
          throw new ContinuoError('STORE_UNFIT', `${where} watches no master that is named ${master}. Correct \`sentinel\`.`);
        return { host: String(found[0]), port: Number(found[1]) };
      },
      address.sentinelAccess,
    ),
  );
}

function readInfo(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}
