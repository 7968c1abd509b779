/** Where a film and what belongs to it are put. */
import { basename, dirname, extname, join } from 'node:path';
import { slugOf } from './naming.ts';

export interface Place {
  readonly film: string;
  readonly srt: string;
  readonly vtt: string;
  readonly thumbnail: string;
  readonly script: string;
  readonly report: string;
}

/** `--out` names a folder, or the film itself. */
export function placeFor(topic: string, out: string | undefined): Place {
  if (out !== undefined && extname(out).toLowerCase() === '.mp4') {
    const stem = join(dirname(out), basename(out, extname(out)));
    return {
      film: out,
      srt: `${stem}.srt`,
      vtt: `${stem}.vtt`,
      thumbnail: `${stem}.jpg`,
      script: `${stem}.script.json`,
      report: `${stem}.report.json`,
    };
  }
  const folder = out ?? join('films', slugOf(topic));
  return {
    film: join(folder, 'film.mp4'),
    srt: join(folder, 'captions.srt'),
    vtt: join(folder, 'captions.vtt'),
    thumbnail: join(folder, 'thumbnail.jpg'),
    script: join(folder, 'script.json'),
    report: join(folder, 'report.json'),
  };
}
