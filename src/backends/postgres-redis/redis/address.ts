import { ContinuoError } from '../../../core/errors.ts';
import type { RedisSettings } from '../options.ts';

export interface Server {
  readonly host: string;
  readonly port: number;
}

export interface Access {
  readonly username?: string;
  readonly password?: string;
}

/** Where Redis is and how it is spoken to, read from the settings. */
export interface Address {
  readonly kind: { readonly is: 'single' } | { readonly is: 'cluster' } | { readonly is: 'sentinel'; readonly master: string };
  readonly servers: readonly [Server, ...Server[]];
  /** For the servers that hold the data. */
  readonly access: Access;
  /** For the sentinels themselves. */
  readonly sentinelAccess: Access;
  readonly database: number;
  readonly tls: boolean;
  /** Without credentials: for messages. */
  readonly location: string;
}

interface Part extends Server {
  readonly access: Access;
  readonly database: number;
  readonly tls: boolean;
}

const mend = 'It is written `redis://user:password@host:port/database`, or `rediss://…` for TLS';

export function addressOf(given: string | RedisSettings): Address {
  const settings: RedisSettings = typeof given === 'string' ? { url: given } : given;
  const urls = typeof settings.url === 'string' ? [settings.url] : settings.url;
  const parts = urls.map((url, place) => partOf(url, place, urls.length, settings.sentinel === undefined ? 6379 : 26379));
  const [first, ...others] = parts;
  if (first === undefined) throw new ContinuoError('USAGE', `No address of Redis is given. ${mend}.`);
  const kind = kindOf(settings, parts);
  if (kind.is === 'cluster' && first.database !== 0)
    throw new ContinuoError('USAGE', 'A Redis Cluster has database 0 alone: leave the number out of the address.');
  const own: Access = {
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(settings.password === undefined ? {} : { password: settings.password }),
  };
  return {
    kind,
    servers: [first, ...others],
    access: kind.is === 'sentinel' ? own : { ...first.access, ...own },
    sentinelAccess: kind.is === 'sentinel' ? first.access : {},
    database: first.database,
    tls: first.tls,
    location:
      parts.map(({ host, port }) => `${host}:${port}`).join(', ') + (kind.is === 'sentinel' ? ` (sentinels of ${kind.master})` : ''),
  };
}

function kindOf(settings: RedisSettings, parts: readonly Part[]): Address['kind'] {
  if (settings.cluster === true && settings.sentinel !== undefined)
    throw new ContinuoError('USAGE', 'Redis is either a cluster or behind sentinels: give `cluster` or `sentinel`, not both.');
  if (settings.cluster === true) return { is: 'cluster' };
  if (settings.sentinel !== undefined) return { is: 'sentinel', master: settings.sentinel };
  if (parts.length > 1)
    throw new ContinuoError(
      'USAGE',
      'Several addresses of Redis are given: say `cluster: true`, or `sentinel` with the name of the master.',
    );
  return { is: 'single' };
}

/** The address itself never goes into a message: it may hold a password. */
function partOf(url: string, place: number, of: number, defaultPort: number): Part {
  const which = of === 1 ? 'The address of Redis' : `Address ${place + 1} of Redis`;
  if (!URL.canParse(url)) throw new ContinuoError('USAGE', `${which} is no URL. ${mend}.`);
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new ContinuoError('USAGE', `${which} begins with ${protocol}// instead of redis:// or rediss://. ${mend}.`);
  if (hostname === '') throw new ContinuoError('USAGE', `${which} names no host. ${mend}.`);
  const database = pathname.replace(/^\//, '');
  if (!/^\d*$/.test(database)) throw new ContinuoError('USAGE', `${which} names a database that is no number. ${mend}.`);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPort : Number(port),
    access: {
      ...(username === '' ? {} : { username: decoded(username, which) }),
      ...(password === '' ? {} : { password: decoded(password, which) }),
    },
    database: Number(database),
    tls: protocol === 'rediss:',
  };
}

function decoded(text: string, which: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ContinuoError('USAGE', `${which} has a user or password in which a percent sign is not written %25. ${mend}.`);
  }
}
