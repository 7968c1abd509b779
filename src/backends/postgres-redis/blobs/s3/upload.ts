/**
 * Writes an object: in one piece, or a large one in parts.
 *
 * U1. An object appears whole, when S3 has checked every part. Of what breaks off nothing stays, unless this process is
 *     killed; that is swept later.
 * U2. No more than a few parts are in memory.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../shelf.ts';
import { checksum, nothing } from './client.ts';
import type { S3Client } from './client.ts';
import { ifThere, Refusal } from './faults.ts';
import { escaped, textIn } from './xml.ts';

/** Size of a part, in bytes; what is no larger goes in one piece. */
export const partSize: number = 8 * 1024 * 1024;
/** How many parts an object may have. */
const mostParts = 10_000;
const atOnce = 3;

interface Part {
  readonly number: number;
  readonly etag: string;
  readonly checksum: string;
}

type Read = (from: number, size: number) => Promise<Uint8Array>;

export async function upload(client: S3Client, key: string, content: Content): Promise<void> {
  if (content.is === 'bytes') {
    await send(client, key, content.size, async (from, size) => content.bytes.subarray(from, from + size));
    return;
  }
  const file = await open(content.file);
  try {
    await send(client, key, content.size, (from, size) => slice(file, from, size));
  } finally {
    await file.close();
  }
}

async function slice(file: FileHandle, from: number, size: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(size);
  for (let done = 0; done < size;) {
    const { bytesRead } = await file.read(buffer, done, size - done, from + done);
    if (bytesRead === 0) throw new Error(`a file that was to be uploaded became shorter`);
    done += bytesRead;
  }
  return buffer;
}

async function send(client: S3Client, key: string, size: number, read: Read): Promise<void> {
  if (size > partSize) return sendParts(client, key, size, read);
  const body = await read(0, size);
  await client.ask({ method: 'PUT', key, body, headers: { 'x-amz-checksum-sha256': checksum(body) }, read: nothing });
}

async function sendParts(client: S3Client, key: string, size: number, read: Read): Promise<void> {
  const uploadId = await client.ask({
    method: 'POST',
    key,
    query: { uploads: '' },
    headers: { 'x-amz-checksum-algorithm': 'SHA256' },
    read: async (response) => required(await response.text(), 'UploadId'),
  });
  try {
    const parts = await eachPart(client, key, uploadId, size, read);
    await complete(client, key, uploadId, parts, size);
  } catch (error) {
    // Why it broke off is what matters; what stays is swept.
    await abort(client, key, uploadId).catch(() => undefined);
    throw error;
  }
}

export async function abort(client: S3Client, key: string, uploadId: string): Promise<void> {
  await client.ask({ method: 'DELETE', key, query: { uploadId }, read: nothing });
}

async function eachPart(client: S3Client, key: string, uploadId: string, size: number, read: Read): Promise<readonly Part[]> {
  const each = Math.max(partSize, Math.ceil(size / mostParts));
  const count = Math.ceil(size / each);
  const parts: Part[] = [];
  let begun = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (begun < count && !failed) {
      const from = begun * each;
      const number = ++begun;
      try {
        parts.push(await sendPart(client, key, uploadId, number, await read(from, Math.min(each, size - from))));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const one of lanes) if (one.status === 'rejected') throw one.reason;
  return parts.sort((a, b) => a.number - b.number);
}

async function sendPart(client: S3Client, key: string, uploadId: string, number: number, body: Uint8Array): Promise<Part> {
  const sum = checksum(body);
  return client.ask({
    method: 'PUT',
    key,
    query: { partNumber: String(number), uploadId },
    headers: { 'x-amz-checksum-sha256': sum },
    body,
    read: async (response) => {
      await nothing(response);
      return { number, etag: response.headers.get('etag') ?? '', checksum: sum };
    },
  });
}

async function complete(client: S3Client, key: string, uploadId: string, parts: readonly Part[], size: number): Promise<void> {
  const listed = parts.map(
    ({ number, etag, checksum: sum }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(etag)}</ETag><ChecksumSHA256>${sum}</ChecksumSHA256></Part>`,
  );
  const xml = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${listed.join('')}</CompleteMultipartUpload>`;
  try {
    await client.ask({
      method: 'POST',
      key,
      query: { uploadId },
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from(xml),
      read: async (response) => {
        // It may take so long that S3 begins its answer before it knows how it ends.
        const answer = await response.text();
        const code = textIn(answer, 'Code');
        if (code !== undefined) throw new Refusal(500, code, textIn(answer, 'Message') ?? '');
      },
    });
  } catch (error) {
    // The answer to a try before may have been lost.
    if (!(error instanceof Refusal && error.code === 'NoSuchUpload') || (await head(client, key))?.size !== size) throw error;
  }
}

export interface Head {
  readonly size: number;
  /** Of all bytes together; undefined where S3 knows only that of each part. */
  readonly checksum: string | undefined;
}

export function head(client: S3Client, key: string): Promise<Head | undefined> {
  return ifThere(
    client.ask({
      method: 'HEAD',
      key,
      headers: { 'x-amz-checksum-mode': 'ENABLED' },
      read: async ({ headers }) => {
        const sum = headers.get('x-amz-checksum-sha256') ?? undefined;
        return { size: Number(headers.get('content-length')), checksum: sum?.includes('-') === true ? undefined : sum };
      },
    }),
  );
}

function required(xml: string, element: string): string {
  const text = textIn(xml, element);
  if (text === undefined) throw new Refusal(500, '', `an answer without ${element}`);
  return text;
}
