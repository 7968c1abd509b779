/**
 * The bytes of a blob as an answer.
 *
 * A1. What a browser could run in the name of this server (pages, drawings with scripts) is never shown in place: it is
 *     saved. No browser guesses another type than the one that is told.
 * A2. A blob is its name: it may be kept for ever, by the one who was let read it and by nobody between.
 * A3. Bytes that lie in a file are streamed from it.
 */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import type { BlobInfo, Blobs } from '../../ports/blobs.ts';
import { noSuchBlob } from './blob-access.ts';
import { rangeOf } from './range.ts';

/** What does nothing but be seen and heard. */
const harmless =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|(?:video|audio)\/[\w.+-]+|text\/(?:plain|csv|vtt|markdown)|application\/(?:json|x-subrip))$/;
const typeForm = /^[a-z0-9][\w!#$&^.+-]{0,63}\/[a-z0-9][\w!#$&^.+-]{0,63}$/i;

/** A media type without its parameters; anything that is none is bytes. */
export function plainType(said: string | undefined): string {
  const type = said?.split(';')[0]?.trim().toLowerCase() ?? '';
  return typeForm.test(type) ? type : 'application/octet-stream';
}

export async function answerBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: Blobs,
  { id, download }: { readonly id: string; readonly download: string | undefined },
): Promise<FastifyReply> {
  const info = await blobs.info(id);
  if (info === undefined) throw noSuchBlob(id);
  const tag = `"${id}"`;
  reply.headers(headersOf(info, tag, download));
  if (names(request.headers['if-none-match'], tag)) return reply.code(304).send();
  if (request.method === 'HEAD') return reply.header('content-length', info.bytes).send();
  // Part of something else than what the asker holds is of no use to him.
  const fits = request.headers['if-range'] === undefined || request.headers['if-range'] === tag;
  const range = rangeOf(fits ? request.headers.range : undefined, info.bytes);
  if (range.is === 'beyond') {
    reply.header('content-range', `bytes */${info.bytes}`);
    throw new ContinuoError('RANGE_UNSATISFIABLE', `the blob has ${info.bytes} bytes`);
  }
  const { from, to } = range.is === 'part' ? range : { from: 0, to: info.bytes - 1 };
  const bytes = info.bytes === 0 ? Buffer.alloc(0) : await bytesOf(blobs, id, from, to);
  if (range.is === 'part') reply.code(206).header('content-range', `bytes ${from}-${to}/${info.bytes}`);
  return reply.header('content-length', to - from + 1).send(bytes);
}

function headersOf({ type: said }: BlobInfo, tag: string, download: string | undefined): Readonly<Record<string, string>> {
  const type = plainType(said);
  const disposition = download === undefined ? (harmless.test(type) ? 'inline' : 'attachment') : `attachment; ${fileName(download)}`;
  return {
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    vary: 'authorization, x-api-key',
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-disposition': disposition,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
  };
}

/** As RFC 6266 writes it: for those who read only ASCII, and for all others. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}

async function bytesOf(blobs: Blobs, id: string, from: number, to: number): Promise<Readable | Buffer> {
  try {
    const path = await blobs.path(id);
    if (path !== undefined) return (await open(path)).createReadStream({ start: from, end: to, highWaterMark: 256 * 1024 });
    const whole = await blobs.get(id);
    return Buffer.from(whole.buffer, whole.byteOffset + from, to - from + 1);
  } catch (error) {
    // What the store says of it names places of this machine.
    if (error instanceof ContinuoError ? error.code === 'BLOB_MISSING' : isAbsent(error)) throw noSuchBlob(id);
    throw error instanceof ContinuoError ? new ContinuoError(error.code, `blob ${id} cannot be read`) : error;
  }
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function names(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim()));
}
