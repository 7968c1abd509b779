/** What ffprobe says of a finished film (`-show_format -show_streams -show_packets`, as JSON). */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';

export interface Packet {
  /** When its frame is shown, and when it has to be decoded, in seconds. */
  readonly shown: number;
  readonly decoded: number;
  readonly key: boolean;
}

export interface VideoStream {
  readonly codec: string;
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly colour: { readonly range: string; readonly space: string; readonly transfer: string; readonly primaries: string };
  readonly start: number;
  readonly seconds: number;
  /** In the order of the file. */
  readonly packets: readonly Packet[];
}

export interface AudioStream {
  readonly codec: string;
  readonly profile: string;
  readonly rate: number;
  readonly channels: number;
  readonly start: number;
  readonly seconds: number;
}

export interface FilmStreams {
  readonly seconds: number;
  readonly video: VideoStream;
  readonly audio: AudioStream | null;
}

const numeric = z.coerce.number().catch(0);
const unknown = z.string().default('unknown');
const streamSchema = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: unknown,
  profile: unknown,
  width: z.number().default(0),
  height: z.number().default(0),
  pix_fmt: unknown,
  color_range: unknown,
  color_space: unknown,
  color_transfer: unknown,
  color_primaries: unknown,
  sample_rate: numeric,
  channels: z.number().default(0),
  start_time: numeric,
  duration: numeric,
  disposition: z.object({ attached_pic: z.number().default(0) }).default({ attached_pic: 0 }),
});
const packetSchema = z.object({
  stream_index: z.number(),
  pts_time: numeric,
  dts_time: numeric,
  flags: z.string().default(''),
});
const answerSchema = z.object({
  format: z.object({ duration: numeric }),
  streams: z.array(streamSchema),
  packets: z.array(packetSchema).default([]),
});

export function readStreams(json: string): FilmStreams {
  const { format, streams, packets } = answerSchema.parse(JSON.parse(json));
  // A cover picture is a stream of one frame.
  const video = streams.find(({ codec_type, disposition }) => codec_type === 'video' && disposition.attached_pic === 0);
  if (video === undefined) throw new ContinuoError('MEDIA_UNREADABLE', 'the film cannot be read: it has no picture');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  return {
    seconds: format.duration,
    video: {
      codec: video.codec_name,
      profile: video.profile,
      width: video.width,
      height: video.height,
      pixelFormat: video.pix_fmt,
      colour: { range: video.color_range, space: video.color_space, transfer: video.color_transfer, primaries: video.color_primaries },
      start: video.start_time,
      seconds: video.duration,
      packets: packets
        .filter(({ stream_index }) => stream_index === video.index)
        .map(({ pts_time, dts_time, flags }) => ({ shown: pts_time, decoded: dts_time, key: flags.startsWith('K') })),
    },
    audio: audio === undefined ? null : audioOf(audio),
  };
}

const audioOf = ({ codec_name, profile, sample_rate, channels, start_time, duration }: z.infer<typeof streamSchema>): AudioStream => ({
  codec: codec_name,
  profile,
  rate: sample_rate,
  channels,
  start: start_time,
  seconds: duration,
});
