/** Where the store is, checked before anything is asked of it. */
import { ContinuoError } from '../../../core/errors.ts';
import type { PostgresSettings } from '../options.ts';

export interface Address {
  readonly url: string;
  readonly schema: string;
  /** In words, and without the password. */
  readonly location: string;
}

const schemaName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

export function addressOf({ url, schema = 'continuo', connections }: PostgresSettings): Address {
  const { protocol, hostname, port, pathname } = parsed(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:')
    throw new ContinuoError('USAGE', `the address of Postgres begins with ${protocol}//; give postgres://user:password@host:port/database`);
  if (pathname.length < 2)
    throw new ContinuoError(
      'USAGE',
      `the address of Postgres at ${hostname} names no database; give postgres://user:password@host:port/database`,
    );
  if (!schemaName.test(schema) || schema.startsWith('pg_'))
    throw new ContinuoError(
      'USAGE',
      `${JSON.stringify(schema)} cannot be the schema: letters, digits and _ make a name, at most 63, and it does not begin with pg_`,
    );
  if (connections !== undefined && !(Number.isInteger(connections) && connections >= 2))
    throw new ContinuoError('USAGE', `${connections} connections to Postgres are too few: give a whole number from 2 on`);
  const host = hostname === '' ? 'localhost' : hostname;
  return { url, schema, location: `postgres://${host}${port === '' ? '' : `:${port}`}${pathname} (schema ${schema})` };
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // The text is not repeated: there may be a password in it.
    throw new ContinuoError('USAGE', 'the address of Postgres is not a URL; give postgres://user:password@host:port/database');
  }
}
