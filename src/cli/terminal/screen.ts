/** A stream that people may be looking at. */
import { styleText } from 'node:util';

export type Style = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>;
export type Paint = (style: Style, text: string) => string;

const plain: Paint = (_style, text) => text;
const coloured: Paint = (style, text) => (text === '' ? '' : styleText(style, text, { validateStream: false }));

export class Screen {
  readonly isTerminal: boolean;
  /** Colours the text where colours are wanted. */
  readonly paint: Paint;
  readonly stream: NodeJS.WriteStream;
  readonly #write: (text: string) => boolean;

  constructor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env) {
    this.stream = stream;
    // Bound now: while a screen is taken over, the stream's own `write` is somebody else's.
    this.#write = stream.write.bind(stream);
    this.isTerminal = stream.isTTY && env['TERM'] !== 'dumb';
    this.paint = this.isTerminal && (env['NO_COLOR'] ?? '') === '' ? coloured : plain;
  }

  get columns(): number {
    return this.stream.columns > 0 ? this.stream.columns : 80;
  }

  get rows(): number {
    return this.stream.rows > 0 ? this.stream.rows : 24;
  }

  write(text: string): void {
    this.#write(text);
  }

  line(text = ''): void {
    this.#write(`${text}\n`);
  }

  onResize(listener: () => void): () => void {
    this.stream.on('resize', listener);
    return () => void this.stream.off('resize', listener);
  }

  /** What others write to the stream goes to `handler` until the answer is called: agents print when they like. */
  takeOver(handler: (text: string) => void): () => void {
    const { stream } = this;
    const before = Object.getOwnPropertyDescriptor(stream, 'write');
    // Stands for both overloads: which arguments were left out, it finds out.
    stream.write = (chunk: Uint8Array | string, encoding?: unknown, callback?: unknown): boolean => {
      handler(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(() => Reflect.apply(done, undefined, []));
      return true;
    };
    return () => {
      if (before === undefined) Reflect.deleteProperty(stream, 'write');
      else Object.defineProperty(stream, 'write', before);
    };
  }

  /** Resolves when everything that was written has left the process. */
  flushed(): Promise<void> {
    if (this.stream.destroyed || this.stream.writableEnded) return Promise.resolve();
    return new Promise((resolve) => void this.stream.write('', () => resolve()));
  }
}
