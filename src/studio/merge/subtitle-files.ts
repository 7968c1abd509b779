/** Cues as the two formats that players read. */
import type { Cue } from './cues.ts';

export const srtOf = (cues: readonly Cue[]): string =>
  cues
    .map(
      ({ start, end, lines }, index) => `${index + 1}\n${timeOf(start, ',')} --> ${timeOf(end, ',')}\n${lines.map(unarrowed).join('\n')}\n`,
    )
    .join('\n');

export const vttOf = (cues: readonly Cue[]): string =>
  [
    'WEBVTT\n',
    ...cues.map(({ start, end, lines }) => `${timeOf(start, '.')} --> ${timeOf(end, '.')}\n${lines.map(escaped).join('\n')}\n`),
  ].join('\n');

/** An arrow would be read as the line of times. */
const unarrowed = (line: string): string => line.replaceAll('-->', '→');

const escaped = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function timeOf(seconds: number, mark: ',' | '.'): string {
  const milliseconds = Math.round(Math.max(0, seconds) * 1000);
  const two = (value: number): string => `${Math.floor(value)}`.padStart(2, '0');
  const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60].map(two).join(':');
  return `${clock}${mark}${`${milliseconds % 1000}`.padStart(3, '0')}`;
}
