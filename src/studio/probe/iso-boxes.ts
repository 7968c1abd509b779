/** Reads the outermost boxes of an MP4, which say in which order it can be played and whether all of it is there. */
import { open } from 'node:fs/promises';

export type Container =
  | {
      readonly is: 'mp4';
      /** What a player needs to begin stands before the sound and the picture. */
      readonly indexFirst: boolean;
      /** Nothing of it is cut off. */
      readonly whole: boolean;
    }
  | { readonly is: 'other' };

interface IsoBox {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** A film has a handful; whoever nests nonsense is not followed for ever. */
const mostBoxes = 10_000;

export async function readContainer(file: string): Promise<Container> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const boxes: IsoBox[] = [];
    for (let start = 0; start < size && boxes.length < mostBoxes;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, start);
      if (bytesRead < 8) break;
      const box = readHeader(buffer.subarray(0, bytesRead), start, size);
      boxes.push(box);
      start = box.end;
    }
    return containerOf(boxes, size);
  } finally {
    await handle.close();
  }
}

function readHeader(header: Buffer, start: number, size: number): IsoBox {
  const type = header.toString('latin1', 4, 8);
  const short = header.readUInt32BE(0);
  // 1: the real length follows; 0: until the end of the file.
  const length = short === 1 && header.length >= 16 ? Number(header.readBigUInt64BE(8)) : short === 0 ? size - start : short;
  return { type, start, end: start + Math.max(8, length) };
}

function containerOf(boxes: readonly IsoBox[], size: number): Container {
  if (boxes[0]?.type !== 'ftyp') return { is: 'other' };
  const [index, data] = ['moov', 'mdat'].map((type) => boxes.findIndex((box) => box.type === type));
  const found = index !== undefined && data !== undefined && index >= 0 && data >= 0;
  return { is: 'mp4', indexFirst: found && index < data, whole: found && boxes.at(-1)?.end === size };
}
