/**
 * Which store is meant, from what was said on a command line and what the environment says. Pure: nothing is opened,
 * and no message repeats an address with its password.
 */
import type { DistributedOptions, PostgresSettings, RedisSettings, S3Settings } from './backends/postgres-redis/options.ts';
import { parseDuration } from './core/data/duration.ts';
import { ContinuoError } from './core/errors.ts';
import { defaultDirectory } from './engine/default-directory.ts';

export type { DistributedOptions } from './backends/postgres-redis/options.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A store as somebody names it. */
export interface StoreWords {
  readonly dir?: string;
  readonly postgres?: string;
  readonly redis?: string;
  /** A folder that all nodes share, or `s3://bucket/prefix`. */
  readonly blobs?: string;
}

export type StoreChoice =
  /** `named`: somebody said this directory, it is not just the usual one. */
  | { readonly is: 'embedded'; readonly dir: string; readonly named: boolean }
  | { readonly is: 'distributed'; readonly options: DistributedOptions };

const addresses = [
  ['postgres', 'CONTINUO_POSTGRES'],
  ['redis', 'CONTINUO_REDIS'],
  ['blobs', 'CONTINUO_BLOBS'],
] as const;

/** A shorter one would be lost to any pause of the machine. */
const shortestLease = 1000;

/** What was said goes before what the environment says; with neither, it is the usual directory. */
export function chooseStore(said: StoreWords, env: Environment): StoreChoice {
  const flags = addresses.filter(([name]) => said[name] !== undefined).map(([name]) => `--${name}`);
  if (said.dir !== undefined && flags.length > 0)
    throw new ContinuoError('USAGE', `--dir names an embedded store and ${flags.join(', ')} a shared one: give one or the other`);
  if (said.dir !== undefined) return { is: 'embedded', dir: said.dir, named: true };
  const [postgres, redis, blobs] = addresses.map(([name, variable]) => said[name] ?? nonEmpty(env[variable]));
  // Blobs alone name no store: the variable may stand there for other projects.
  if (postgres === undefined && redis === undefined && said.blobs === undefined)
    return { is: 'embedded', dir: defaultDirectory, named: false };
  if (postgres === undefined || redis === undefined || blobs === undefined) throw incomplete({ postgres, redis, blobs });
  const lease = leaseIn(env);
  return {
    is: 'distributed',
    options: {
      postgres: postgresAt(postgres),
      redis: redisAt(redis),
      blobs: blobsAt(blobs, env),
      ...(lease === undefined ? {} : { lease }),
    },
  };
}

/** The shared store that the environment names; undefined where it names none. */
export function storeFromEnvironment(env: Environment): DistributedOptions | undefined {
  const choice = chooseStore({}, env);
  return choice.is === 'distributed' ? choice.options : undefined;
}

/** The address without what must not be printed. A password may itself hold `@`, `/` and `?` that nobody escaped. */
export function withoutPassword(address: string): string {
  const bare = address.replace(/^([a-z0-9+-]+:\/\/)(?:([^:@]*)(?::.*)?@)/i, (_, scheme: string, user: string) =>
    user === '' ? scheme : `${scheme}${user}@`,
  );
  return bare.replaceAll(/([?&])(?:password|sslpassword)=[^&#]*&?/gi, '$1').replace(/[?&]$/, '');
}

const nonEmpty = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text.trim());

function incomplete(found: Readonly<Record<'postgres' | 'redis' | 'blobs', string | undefined>>): ContinuoError {
  const missing = addresses.filter(([name]) => found[name] === undefined).map(([name, variable]) => `--${name} (or ${variable})`);
  const purposes = 'Postgres keeps, Redis moves, and blobs lie in a folder that all nodes share, or in S3';
  return new ContinuoError('USAGE', `a shared store has three addresses (${purposes}); missing: ${missing.join(' and ')}`);
}

function leaseIn(env: Environment): number | undefined {
  const said = nonEmpty(env['CONTINUO_LEASE']);
  if (said === undefined) return undefined;
  const milliseconds = parseDuration(/^\d+$/.test(said) ? Number(said) : said);
  if (milliseconds === undefined || milliseconds < shortestLease)
    throw new ContinuoError('USAGE', `CONTINUO_LEASE ${JSON.stringify(said)} is no span of a second or more; write 15s, or milliseconds`);
  return milliseconds;
}

function postgresAt(address: string): string | PostgresSettings {
  const sample = 'postgres://user:password@host:5432/database';
  const url = parsed(address, ['postgres:', 'postgresql:'], '--postgres (CONTINUO_POSTGRES)', sample);
  const schema = url.searchParams.get('schema');
  if (schema === null) return address;
  url.searchParams.delete('schema');
  return { url: url.href, schema };
}

const severalServers = /^(redis|rediss)-(cluster|sentinel):\/\/([^/?#]+)(?:#(.+))?$/;

/** `redis-cluster://a:6379,b:6379` and `redis-sentinel://a:26379,b:26379#master` name several servers. */
function redisAt(address: string): string | RedisSettings {
  const what = '--redis (CONTINUO_REDIS)';
  const several = severalServers.exec(address);
  if (several === null) {
    const sample = 'redis://:password@host:6379, redis-cluster://a:6379,b:6379 or redis-sentinel://a:26379#master';
    parsed(address, ['redis:', 'rediss:'], what, sample);
    return address;
  }
  const [, scheme = '', kind, authority = '', master] = several;
  if (kind === 'sentinel' && master === undefined)
    throw new ContinuoError('USAGE', `${what} names sentinels, but not which master they watch: end it with #name`);
  const at = authority.lastIndexOf('@');
  const [username, ...password] = at < 0 ? [''] : authority.slice(0, at).split(':');
  return {
    url: authority
      .slice(at + 1)
      .split(',')
      .map((server) => parsed(`${scheme}://${server}`, [`${scheme}:`], what, `${scheme}-${kind}://a:6379,b:6379`).href),
    ...(kind === 'cluster' ? { cluster: true } : { sentinel: unescaped(master ?? '', what) }),
    ...(username === undefined || username === '' ? {} : { username: unescaped(username, what) }),
    ...(password.length === 0 ? {} : { password: unescaped(password.join(':'), what) }),
  };
}

function unescaped(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ContinuoError('USAGE', `${what} has a % that escapes nothing; write %25 for one`);
  }
}

function parsed(address: string, schemes: readonly string[], what: string, sample: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && schemes.includes(url.protocol) && url.hostname !== '') return url;
  // What cannot be read might hold a password anywhere: it is not repeated.
  const given = url === undefined ? '' : ` (it begins with ${url.protocol})`;
  throw new ContinuoError('USAGE', `${what} is no address of such a server${given}; write ${sample}`);
}

function blobsAt(said: string, env: Environment): string | { readonly s3: S3Settings } {
  const what = '--blobs (CONTINUO_BLOBS)';
  if (!said.startsWith('s3:')) {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(said)) throw new ContinuoError('USAGE', `${what} is neither a folder nor s3://bucket/prefix`);
    return said;
  }
  const { bucket = '', prefix } = /^s3:\/\/(?<bucket>[^/?#@:]+)(?:\/(?<prefix>[^?#]*))?$/.exec(said)?.groups ?? {};
  if (bucket === '') throw new ContinuoError('USAGE', `${what} names S3 without a bucket; write s3://bucket/prefix`);
  const region = nonEmpty(env['AWS_REGION']);
  const endpoint = nonEmpty(env['CONTINUO_S3_ENDPOINT']) ?? (region === undefined ? undefined : `https://s3.${region}.amazonaws.com`);
  const accessKey = nonEmpty(env['AWS_ACCESS_KEY_ID']);
  const secretKey = nonEmpty(env['AWS_SECRET_ACCESS_KEY']);
  if (accessKey === undefined || secretKey === undefined || endpoint === undefined) {
    const missing = [
      ...(accessKey === undefined ? ['AWS_ACCESS_KEY_ID'] : []),
      ...(secretKey === undefined ? ['AWS_SECRET_ACCESS_KEY'] : []),
      ...(endpoint === undefined ? ['AWS_REGION (or CONTINUO_S3_ENDPOINT, for another server)'] : []),
    ];
    throw new ContinuoError('USAGE', `blobs in s3://${bucket} need these in the environment: ${missing.join(', ')}`);
  }
  return {
    s3: {
      bucket,
      endpoint,
      accessKey,
      secretKey,
      ...(region === undefined ? {} : { region }),
      ...(prefix === undefined || prefix === '' ? {} : { prefix }),
    },
  };
}
