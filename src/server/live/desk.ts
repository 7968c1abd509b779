/** What everything live of one server shares. */
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { Connections } from './connections.ts';
import { Feeds } from './feeds.ts';
import { Gatherings } from './gatherings.ts';
import { Heartbeat } from './heartbeat.ts';
import { Tickets } from './tickets.ts';
import { Upgrades } from './upgrades.ts';

export interface LiveDesk {
  readonly feeds: Feeds;
  readonly gatherings: Gatherings;
  readonly connections: Connections;
  readonly heartbeat: Heartbeat;
  readonly tickets: Tickets;
  readonly upgrades: Upgrades;
  /** Bytes that a reader may leave lying. */
  readonly room: number;
}

const second = 1000;
const kilobyte = 1024;

export function liveDesk(app: App, { backend, orchestrator, clock, settings, metrics, draining }: ServerParts): LiveDesk {
  const {
    room = 1024 * kilobyte,
    stall = 10 * second,
    beat = 30 * second,
    keysEvery = 2 * second,
    connections = 4096,
  } = settings.live ?? {};
  const feeds = new Feeds(orchestrator, backend, clock, {
    room,
    stall,
    linger: 5 * second,
    look: { soon: second, late: 10 * second },
    pages: { events: 512, bytes: 512 * kilobyte, kept: 8 },
  });
  const tickets = new Tickets(backend.access, clock, settings.adminKey);
  return {
    feeds,
    gatherings: new Gatherings(feeds, orchestrator, backend, clock, { room: 8 * room, stall }),
    connections: new Connections(
      { keys: backend.access.keys, clock, draining, figures: metrics?.live },
      { ofOneKey: connections, look: keysEvery, unseen: 30 * second },
    ),
    heartbeat: new Heartbeat(clock, beat),
    tickets,
    upgrades: new Upgrades(app, tickets),
    room,
  };
}
