/**
 * What Postgres keeps, opened: connected, looked at, brought to this version's schema, and joined.
 *
 * O1. A process that is refused has left nothing open behind it.
 * O2. Closing finishes what was accepted, then takes the node away, then lets go of the connections.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { ContinuoError } from '../../../core/errors.ts';
import type { PartHealth } from '../../../ports/exchange.ts';
import type { Backend } from '../../../ports/backend.ts';
import type { PostgresSettings } from '../options.ts';
import { Appender } from './appender.ts';
import { checkServer } from './check-server.ts';
import { PostgresFleet } from './fleet.ts';
import { openingFault } from './faults.ts';
import type { Membership } from './identity.ts';
import { PostgresInbox } from './inbox.ts';
import { PostgresJournal } from './journal.ts';
import { migrate } from './migrate.ts';
import { Notices } from './notices.ts';
import { PostgresPlans } from './plans.ts';
import { PostgresRuns } from './runs.ts';
import { Sender } from './sender.ts';
import { openSql } from './sql.ts';
import type { Postgres, Sql } from './sql.ts';
import { PostgresTexts } from './texts.ts';
import { PostgresTopic } from './topic.ts';
import { Upkeep } from './upkeep.ts';

export interface PostgresOptions {
  readonly role: 'engine' | 'worker' | 'visitor';
  /** What people see of this node; host and process when absent. */
  readonly name?: string;
  /** How long a node may be silent, in milliseconds; 15 s when absent. */
  readonly lease?: number;
}

/** The part of a backend that Postgres keeps, and what the rest of it stands on. */
export interface PostgresParts extends Pick<
  Backend,
  'journal' | 'runs' | 'plans' | 'topic' | 'memos' | 'inbox' | 'journalTexts' | 'close'
> {
  readonly sql: Sql;
  readonly location: string;
  /** The name that the cluster got when its schema was made: what is kept elsewhere is marked with it. */
  readonly cluster: string;
  /** A visitor has none. */
  readonly fleet?: PostgresFleet;
  readonly health: () => readonly PartHealth[];
}

const defaultLease = 15_000;
const shortestLease = 300;

export async function openPostgres(settings: PostgresSettings, options: PostgresOptions): Promise<PostgresParts> {
  const { lease = defaultLease, name = `${hostname()}:${process.pid}` } = options;
  if (!(Number.isFinite(lease) && lease >= shortestLease))
    throw new ContinuoError('USAGE', `a lease of ${lease} ms cannot be held: give at least ${shortestLease}, and rather 15000`);
  const postgres = openSql(settings);
  try {
    await checkServer(postgres);
    const cluster = await migrate(postgres);
    const everybody = `continuo:${cluster}`;
    if (options.role === 'visitor') {
      const visitor: Membership = { identity: undefined, name: `visitor-${randomUUID()}`, fenced: () => undefined };
      const notices = new Notices(postgres, () => [`continuo:${visitor.name}`, everybody]);
      await notices.listen();
      return parts(postgres, cluster, visitor, notices, () => notices.close());
    }
    const fleet = new PostgresFleet(postgres, { role: options.role, name, lease }, everybody);
    try {
      await fleet.join();
    } catch (error) {
      await fleet.leave();
      throw error;
    }
    const upkeep = new Upkeep(postgres, () => fleet.leads());
    void upkeep.sweep();
    const leave = async (): Promise<void> => {
      await upkeep.close();
      await fleet.leave();
    };
    return { ...parts(postgres, cluster, fleet, fleet.notices, leave), fleet };
  } catch (error) {
    await postgres.close();
    throw openingFault(error, postgres.location);
  }
}

function parts(postgres: Postgres, cluster: string, membership: Membership, notices: Notices, leave: () => Promise<void>): PostgresParts {
  const appender = new Appender(postgres, membership);
  const inbox = new PostgresInbox(postgres, membership, new Sender(postgres, membership), notices);
  const texts = new PostgresTexts(postgres);
  const close = async (): Promise<void> => {
    await Promise.all([appender.close(), inbox.close()]);
    await leave();
    await postgres.close();
  };
  let closing: Promise<void> | undefined;
  return {
    sql: postgres,
    location: postgres.location,
    cluster,
    journal: new PostgresJournal(postgres, appender),
    runs: new PostgresRuns(postgres, membership),
    plans: new PostgresPlans(postgres),
    topic: new PostgresTopic(postgres),
    memos: texts,
    inbox,
    journalTexts: (after, limit) => texts.journalTexts(after, limit),
    health: () => [postgres.breaker.health],
    close: () => (closing ??= close()),
  };
}
