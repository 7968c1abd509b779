/** What a server is made of: others have opened it all, and close it. */
import type { KeyObject } from 'node:crypto';
import type { Orchestrator } from '../engine/orchestrator.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ExperimentReport } from '../gateway/experiments/report.ts';
import type { Backend } from '../ports/backend.ts';
import type { Json } from '../core/data/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { FilmSystem, OpenedFilmSystem } from '../studio/film/film-system.ts';
import type { Auditor } from './access/auditing.ts';
import type { Principal } from './access/principal.ts';
import type { Watched } from './health/watched.ts';
import type { Log } from './logs/open-log.ts';
import type { Metrics } from './metrics/metrics.ts';

export interface ServerParts {
  readonly orchestrator: Orchestrator;
  readonly backend: Backend;
  readonly version: string;
  readonly clock: Clock;
  /** Whether it was told to end: it then begins nothing new. */
  readonly draining: () => boolean;
  /** The model gateway, opened when somebody asks for the first time; absent where none is configured. */
  readonly gateway?: () => Promise<Gateway>;
  readonly experiments?: (question: { readonly function?: string; readonly metric?: string }) => Promise<readonly ExperimentReport[]>;
  readonly systems: Systems;
  readonly telemetry?: Telemetry;
  /** What the health routes look at; the orchestrator and its store when absent. */
  readonly watched?: Watched;
  /** Counts what happens; absent where nobody looks. Whoever opens it has it watch the store, too (`watchStore`). */
  readonly metrics?: Metrics;
  /** Where a line for each request goes. */
  readonly log?: Log;
  /** Writes down who changed what; nothing is written down where it is absent. */
  readonly auditor?: Auditor;
  readonly settings: ServerSettings;
}

/** Systems of the product that the server has routes for. */
export interface Systems {
  readonly films?: MountedFilms;
  readonly learning?: LearningDesk;
  /** Makes a plan of a goal in words. */
  readonly planner?: (goal: string, project: string) => Promise<object>;
}

export interface MountedFilms {
  readonly system: FilmSystem;
  readonly estimate: OpenedFilmSystem['estimate'];
}

/** What `POST /api/agents` and the sockets of learners are handed to. */
export interface LearningDesk {
  handle(
    asked: { readonly action: string; readonly learnerId: string; readonly data: Json },
    who: { readonly project: string; readonly principal: Principal },
  ): Promise<Json>;
}

export interface ServerSettings {
  /** Origins that browsers may call from; none when absent. `*`: any. */
  readonly origins?: readonly string[];
  /** Bytes of a JSON body; 1 MiB when absent. */
  readonly bodyLimit?: number;
  /** Bytes of a blob that is brought or fetched; 512 MiB when absent. */
  readonly blobLimit?: number;
  /** Behind a proxy whose `X-Forwarded-…` count; addresses or networks. */
  readonly trustProxy?: boolean | readonly string[];
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly timeouts?: ServerTimeouts;
  /** Connections at a time; 10,000 when absent. */
  readonly connections?: number;
  /** The key of the environment, which may everything. */
  readonly adminKey?: string;
  /** Requests of one key in a second, on all nodes together; 10 when absent, 0: no limit. */
  readonly requestsPerSecond?: number;
  /** `/metrics` needs no key. */
  readonly metricsOpen?: boolean;
  /** Films that one user may ask for in a minute; 2 when absent. */
  readonly filmsPerMinute?: number;
  readonly live?: LiveSettings;
  /** Those whose signatures on plans count, by name. */
  readonly signers?: ReadonlyMap<string, KeyObject>;
  /** Plans that nobody signed are not run. */
  readonly requireSigned?: boolean;
  /** What may be started from outside by a signed message. */
  readonly webhooks?: readonly Webhook[];
  /** Hosts that URLs of clients may lead to although they are private. */
  readonly allowedHosts?: readonly string[];
}

/** Milliseconds. */
export interface ServerTimeouts {
  /** Until all headers of a request are there; 15 s when absent. */
  readonly headers?: number;
  /** Until its body is, too; 2 min when absent. */
  readonly request?: number;
  /** How long a connection may wait for its next request; 72 s when absent, which is longer than proxies keep theirs. */
  readonly keepAlive?: number;
  /** How often the first two are looked at. */
  readonly checkedEvery?: number;
}

/** Of connections that stay open. */
export interface LiveSettings {
  /** Bytes that may lie for a reader before no more is sent to him; 1 MiB when absent. */
  readonly room?: number;
  /** How long he may then take nothing at all before he is given up, in milliseconds; 10 s when absent. */
  readonly stall?: number;
  /** How often WebSockets are asked whether somebody is there, in milliseconds; 30 s when absent. */
  readonly beat?: number;
  /** How often it is looked whether the keys of open connections still count; 2 s when absent. */
  readonly keysEvery?: number;
  /** Connections of one key on one node; 4,096 when absent. */
  readonly connections?: number;
}

export interface Webhook {
  /** `POST /api/v1/hooks/<name>`. */
  readonly name: string;
  readonly workflow: string;
  readonly project: string;
  /** What both sides sign messages with; at least 16 characters. */
  readonly secret: string;
}
