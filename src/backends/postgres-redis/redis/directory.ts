/**
 * Who hosts which agents, in Sets that are told again with every beat.
 *
 * D1. What a node says holds for four beats. Redis forgets by its own clock, whoever looks first.
 * D2. A look that finds nothing changed carries nothing: one small script per node and beat.
 * D3. Nothing here throws. While Redis is away the last look holds for a while, then nobody hosts anything.
 */
import type { AgentNotice, Directory, Hosted } from '../../../ports/exchange.ts';
import type { RedisConnection } from './connection.ts';
import { lookAround, sayNotices, takeBackNotices } from './directory-scripts.ts';
import { encoded } from './keys.ts';
import { listOf, textsOf } from './replies.ts';

export interface DirectoryOptions {
  /** This node's name, now; another one after it was fenced. Absent where nothing is hosted. */
  readonly node?: () => string;
  /** How often it is told and looked at, in milliseconds. */
  readonly beat?: number;
}

/** For how many beats a node is remembered, and for how many a look holds while Redis is away. */
const remembered = 4;
const trusted = 15;

const nothing: readonly AgentNotice[] = [];

export class RedisDirectory implements Directory {
  readonly #connection: RedisConnection;
  readonly #node: () => string;
  readonly #beat: number;
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  readonly #watchers = new Set<() => void>();
  #mine: readonly AgentNotice[] = nothing;
  #said: { readonly node: string; readonly notices: readonly AgentNotice[] } | undefined;
  #version: string | undefined;
  #lookedAt = -Infinity;
  #hosted: ReadonlyMap<string, Hosted> = new Map();
  #looking: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #isClosed = false;

  constructor(connection: RedisConnection, { node = () => '', beat = 1000 }: DirectoryOptions = {}) {
    this.#connection = connection;
    this.#node = node;
    this.#beat = beat;
    this.#timer = setInterval(() => void this.refresh(), beat).unref();
    this.#unlisten = connection.listen(connection.keys.directoryChanges, () => void this.refresh());
    void this.refresh();
  }

  announce(agents: readonly AgentNotice[]): void {
    this.#mine = structuredClone(agents);
    void this.refresh();
  }

  hosted(): ReadonlyMap<string, Hosted> {
    return this.#hosted;
  }

  /** Who asks while somebody looks wants what comes after his asking. */
  refresh(): Promise<void> {
    return (this.#next ??= this.#lookNext());
  }

  watch(changed: () => void): () => void {
    const watcher = (): void => changed();
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#unlisten();
    this.#watchers.clear();
    this.#isClosed = true;
    await this.#looking;
    await this.#takeBack().catch(() => {});
  }

  async #lookNext(): Promise<void> {
    await this.#looking;
    this.#next = undefined;
    if (!this.#isClosed) await (this.#looking = this.#look());
  }

  async #look(): Promise<void> {
    try {
      await this.#say();
      await this.#ask();
    } catch {
      if (performance.now() - this.#lookedAt > trusted * this.#beat) this.#found(undefined, new Map());
    }
  }

  async #say(): Promise<void> {
    const [node, notices] = [this.#node(), this.#mine];
    if (this.#said?.node !== node) await this.#takeBack();
    if (notices === (this.#said?.notices ?? nothing)) return;
    const told = notices.flatMap((notice) => [encoded(notice.id), JSON.stringify(notice)]);
    await this.#run(sayNotices, [node, remembered * this.#beat, ...told]);
    this.#said = { node, notices };
    await this.#nudge();
  }

  async #takeBack(): Promise<void> {
    if (this.#said === undefined) return;
    await this.#run(takeBackNotices, [this.#said.node]);
    this.#said = undefined;
    await this.#nudge();
  }

  async #ask(): Promise<void> {
    const reply = await this.#run(lookAround, [this.#said?.node ?? '', remembered * this.#beat, this.#version ?? 'none']);
    const [isKnown, version, ...agents] = listOf(reply);
    this.#lookedAt = performance.now();
    // Redis forgot this node, or everything: it is told again at once.
    if (this.#said !== undefined && isKnown !== 1) {
      this.#said = undefined;
      void this.refresh();
    }
    if (version !== this.#version) this.#found(String(version), hostedBy(agents.map(textsOf)));
  }

  #found(version: string | undefined, hosted: ReadonlyMap<string, Hosted>): void {
    this.#version = version;
    const changed = JSON.stringify([...hosted]) !== JSON.stringify([...this.#hosted]);
    this.#hosted = hosted;
    if (changed) for (const watcher of this.#watchers) queueMicrotask(watcher);
  }

  async #run(script: typeof lookAround, given: readonly (string | number)[]): Promise<unknown> {
    const { keys } = this.#connection;
    const asked = [keys.nodes, keys.agents, keys.directory];
    return await this.#connection.call((client) => script.run(client, asked, [keys.hosts, keys.notices, ...given]));
  }

  async #nudge(): Promise<void> {
    await this.#connection.call((client) => client.publish(this.#connection.keys.directoryChanges, ''));
  }
}

/** Room adds up; the rest is as the node says that comes first by name, so that all see the same. */
function hostedBy(agents: readonly (readonly string[])[]): ReadonlyMap<string, Hosted> {
  const hosted = new Map<string, Hosted>();
  for (const [, ...told] of agents) {
    const hosts = told.flatMap((node, place) => (place % 2 === 0 ? [{ node, notice: noticeOf(told[place + 1] ?? '') }] : []));
    hosts.sort((a, b) => (a.node < b.node ? -1 : 1));
    const [first] = hosts;
    if (first === undefined) continue;
    const room = hosts.reduce((sum, { notice }) => sum + notice.room, 0);
    hosted.set(first.notice.id, { ...first.notice, room, nodes: hosts.map(({ node }) => node) });
  }
  return new Map([...hosted].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function noticeOf(json: string): AgentNotice {
  // `#say` wrote it from a notice.
  return JSON.parse(json) as AgentNotice;
}
