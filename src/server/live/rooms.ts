/**
 * The rooms that one Socket.IO client is in.
 *
 * M1. Nobody comes into a room whose runs his key may not see: a room of a run or a project is checked when it is
 *     entered; a room of a learner has what is in the key's projects, whatever else the learner does.
 * M2. A client is in a room once; entering it again begins anew from the cursor.
 */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { ServerParts } from '../parts.ts';
import { covers, type Principal } from '../access/principal.ts';
import { problemOf } from '../http/problem.ts';
import type { LiveDesk } from './desk.ts';
import type { Written } from './message.ts';
import type { ClientSocket, Post } from './post.ts';
import { isGivenUp, type Ending, type Outlet } from './reader.ts';

const id = z.string().min(1).max(1000);

const roomAsked = z.union([
  z.strictObject({ run: id, cursor: z.number().min(0).max(1e15).optional() }),
  z.strictObject({ learner: id }),
  z.strictObject({ project: id }),
]);

type RoomAsked = z.infer<typeof roomAsked>;

const roomsAtMost = 100;

export class Rooms {
  readonly #socket: ClientSocket;
  readonly #post: Post;
  readonly #principal: Principal;
  readonly #backend: ServerParts['backend'];
  readonly #desk: Pick<LiveDesk, 'feeds' | 'gatherings' | 'connections'>;
  readonly #in = new Map<string, () => void>();

  constructor(socket: ClientSocket, post: Post, { backend }: ServerParts, desk: Pick<LiveDesk, 'feeds' | 'gatherings' | 'connections'>) {
    this.#socket = socket;
    this.#post = post;
    this.#principal = socket.data.principal;
    this.#backend = backend;
    this.#desk = desk;
  }

  /** Answers with the room's name. */
  async enter(asked: unknown): Promise<string> {
    const wanted = readAsked(asked);
    const room = nameOf(wanted);
    if ('run' in wanted) await this.#mustSee(wanted.run);
    if ('project' in wanted && !covers(this.#principal, wanted.project))
      throw new ContinuoError('ACCESS_DENIED', `this key is not bound to project ${JSON.stringify(wanted.project)}`);
    // It may have gone while it was looked at.
    if (!this.#socket.connected) return room;
    this.leave(room);
    if (this.#in.size >= roomsAtMost)
      throw new ContinuoError('REQUESTS_LIMITED', `a connection may be in ${roomsAtMost} rooms; leave some, or open another`);
    this.#in.set(room, () => undefined);
    this.#in.set(room, this.#subscribe(wanted, this.#outlet(room)));
    void this.#socket.join(room);
    return room;
  }

  /** Answers with the room's name. */
  leaveAsked(asked: unknown): string {
    const room = nameOf(readAsked(asked));
    this.leave(room);
    return room;
  }

  leave(room: string): void {
    this.#in.get(room)?.();
    if (this.#in.delete(room)) void this.#socket.leave(room);
  }

  leaveAll(): void {
    for (const room of this.#in.keys()) this.leave(room);
  }

  #subscribe(wanted: RoomAsked, outlet: Outlet): () => void {
    const { feeds, gatherings } = this.#desk;
    if ('run' in wanted) return feeds.subscribe(wanted.run, outlet, wanted.cursor ?? 0);
    if ('project' in wanted) return gatherings.subscribe(wanted.project, outlet, () => true);
    const concerns = ({ learners }: Written): boolean => learners.includes(wanted.learner);
    const projects: readonly (string | undefined)[] = this.#principal.projects ?? [undefined];
    const leaving = projects.map((project) => gatherings.subscribe(project, outlet, concerns));
    return () => {
      for (const leave of leaving) leave();
    };
  }

  async #mustSee(run: string): Promise<void> {
    const record = await this.#backend.runs.get(run);
    if (record === undefined || !covers(this.#principal, record.project))
      throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(run)} here`);
  }

  #outlet(room: string): Outlet {
    const post = this.#post;
    return {
      get waiting() {
        return post.waiting;
      },
      taken: () => post.taken(),
      write: ({ messages }) => {
        for (const { event, data, cursor, at, run, text } of messages) {
          const where = { room, at, ...(cursor === undefined ? {} : { cursor }), ...(run === undefined ? {} : { run }) };
          post.send(event, data, where, text.length);
        }
      },
      end: (ending) => this.#end(room, ending),
    };
  }

  #end(room: string, ending: Ending): void {
    const { cursor } = ending;
    if (ending.is === 'ended') this.#post.send('end', { status: ending.status }, { room, cursor, at: ending.at, run: ending.run }, 0);
    if (ending.is === 'failed') this.#socket.emit('problem', problemOf(ending.error, this.#socket.id), { room, cursor });
    this.leave(room);
    if (!isGivenUp(ending)) return;
    this.#desk.connections.gaveUp('socketio');
    // Whoever has left so much lying will not read what is said of it either: he comes again, and goes on.
    this.#socket.conn.close(true);
  }
}

function readAsked(asked: unknown): RoomAsked {
  const read = roomAsked.safeParse(asked);
  if (read.success) return read.data;
  throw new ContinuoError(
    'REQUEST_INVALID',
    'a room is {run, cursor?}, {learner} or {project}, each a text; a cursor is a number from 0 on',
  );
}

function nameOf(wanted: RoomAsked): string {
  if ('run' in wanted) return `run:${wanted.run}`;
  return 'learner' in wanted ? `learner:${wanted.learner}` : `project:${wanted.project}`;
}
