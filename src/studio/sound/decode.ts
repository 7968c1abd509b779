/** Any sound that ffmpeg can read, as two channels in memory: written where it stays while it comes, never twice. */
import { brought } from '../ffmpeg/brought.ts';
import { runTool } from '../ffmpeg/run.ts';

export interface Decoding {
  readonly ffmpeg: string;
  readonly file: string;
  readonly rate: number;
  /** More than this is left out. */
  readonly seconds: number;
  /** For the message of an error. */
  readonly what: string;
  readonly signal: AbortSignal;
}

const frameBytes = 8;

export async function decodeSound({ ffmpeg, file, rate, seconds, what, signal }: Decoding): Promise<readonly Float32Array[]> {
  const most = Math.ceil(seconds * rate);
  const sides = [new Float32Array(most), new Float32Array(most)] as const;
  let frames = 0;
  let rest: Buffer = Buffer.alloc(0);
  const take = (piece: Buffer): void => {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = Math.floor(bytes.length / frameBytes);
    for (let frame = 0; frame < whole && frames < most; frame++, frames++)
      for (const [side, channel] of sides.entries()) channel[frames] = finite(bytes.readFloatLE(frame * frameBytes + side * 4));
    rest = bytes.subarray(whole * frameBytes);
  };
  const from = ['-v', 'error', '-nostdin', ...brought('sound', file), '-map', '0:a:0', '-t', `${seconds}`];
  await runTool(ffmpeg, [...from, '-ac', '2', '-ar', `${rate}`, '-f', 'f32le', '-'], { what, signal, onOutput: take });
  return sides.map((side) => side.subarray(0, frames));
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
