/** A feed's messages over a WebSocket. */
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { ContinuoError } from '../../core/errors.ts';
import type { Batch } from './batch.ts';
import { written } from './message.ts';
import { isGivenUp, type Ending, type Outlet } from './reader.ts';
import { textFrame } from './text-frame.ts';

export class WebSocketOutlet implements Outlet {
  readonly #socket: WebSocket;
  readonly #wire: Duplex;
  readonly #gaveUp: () => void;

  constructor(socket: WebSocket, wire: Duplex, gaveUp: () => void) {
    this.#gaveUp = gaveUp;
    this.#socket = socket;
    this.#wire = wire;
  }

  get waiting(): number {
    return this.#wire.writableLength;
  }

  /** The same bytes go to everybody: whole frames, past the socket that would make them anew for each. */
  write({ frames }: Batch): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#wire.write(frames);
  }

  taken(): Promise<void> {
    return taken(this.#wire);
  }

  end(ending: Ending): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (ending.is === 'ended') this.#wire.write(textFrame(endOf(ending)));
    if (isGivenUp(ending)) this.#gaveUp();
    const { code, reason } = closing(ending);
    this.#socket.close(code, reason);
  }
}

/** Resolves when everything went out, or nothing will any more. */
export function taken(wire: NodeJS.WritableStream & { readonly writableNeedDrain?: boolean; readonly destroyed?: boolean }): Promise<void> {
  if (wire.writableNeedDrain !== true || wire.destroyed === true) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => {
    wire.off('drain', done).off('close', done);
    resolve();
  };
  wire.on('drain', done).on('close', done);
  return promise;
}

/** The last message of all. */
export function endOf({ status, cursor, at, run }: Extract<Ending, { is: 'ended' }>): string {
  return written({ cursor, event: 'end', at, run, data: { status } }).text;
}

/** RFC 6455, 7.4, and the IANA registry. A reason has at most 123 bytes. */
function closing(ending: Ending): { readonly code: number; readonly reason: string } {
  switch (ending.is) {
    case 'ended':
      return { code: 1000, reason: 'the run has ended' };
    case 'leaving':
      return { code: 1001, reason: `the server ends; cursor=${ending.cursor}` };
    case 'failed': {
      const code = ending.error instanceof ContinuoError ? ending.error.code : 'INTERNAL';
      return { code: isGivenUp(ending) ? 1013 : 1011, reason: `${code} cursor=${ending.cursor}` };
    }
  }
}
