import { stat } from 'node:fs/promises';
import { brought } from '../ffmpeg/brought.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { readStreams, type FilmStreams } from './film-streams.ts';
import { readContainer, type Container } from './iso-boxes.ts';
import { readSound, type HeardSound } from './read-sound.ts';
import { unreadable } from './unreadable.ts';

export interface FilmFile extends FilmStreams {
  readonly bytes: number;
  readonly container: Container;
}

export interface MeasuredFilm {
  readonly file: FilmFile;
  /** Null where the film has no sound. */
  readonly sound: HeardSound | null;
}

/** Reads what stands in the file, and decodes its sound; the pictures were decoded scene by scene. */
export async function readFilm(path: string, signal: AbortSignal): Promise<MeasuredFilm> {
  const { ffprobe } = await findTools();
  const packets = ['-show_packets', '-show_entries', 'packet=stream_index,pts_time,dts_time,flags'];
  const words = ['-v', 'error', '-show_format', '-show_streams', ...packets, '-of', 'json', ...brought('film', path)];
  const { stdout } = await runTool(ffprobe, words, { what: 'reading the film', signal }).catch((error: unknown) => {
    throw unreadable(error, 'the film');
  });
  const streams = readStreams(stdout.toString());
  const file: FilmFile = { ...streams, bytes: (await stat(path)).size, container: await readContainer(path) };
  return { file, sound: file.audio === null ? null : await readSound(path, file.seconds, signal) };
}
