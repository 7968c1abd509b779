/**
 * How a file that somebody brought is opened. What is in a file is its maker's to say, and some formats name other files
 * or addresses to read on: only formats that hold everything themselves are read, and only from the disk.
 */
export type Brought = 'sound' | 'film' | 'segment';

const films = ['mov', 'matroska', 'mpegts'] as const;
const sounds = ['wav', 'w64', 'mp3', 'ogg', 'flac', 'aac', 'aiff', 'caf', ...films] as const;

/** Names of demuxers, where one of the names that a demuxer has is enough. */
const formats: Readonly<Record<Brought, readonly string[]>> = { sound: sounds, film: films, segment: ['mpegts'] };

/** Words for ffmpeg and ffprobe, which hold for this input alone. */
export function brought(is: Brought, file: string): readonly string[] {
  return [...only(formats[is]), '-i', file];
}

/** A list of ours, of segments that were brought: what holds for the list holds for what it names. */
export function listed(list: string): readonly string[] {
  return ['-f', 'concat', '-safe', '0', ...only(['concat', ...formats.segment]), '-i', list];
}

const only = (demuxers: readonly string[]): readonly string[] => ['-protocol_whitelist', 'file', '-format_whitelist', demuxers.join(',')];
