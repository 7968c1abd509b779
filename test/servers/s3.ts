/**
 * A server that speaks S3, as far as blobs need it: objects and uploads in parts, in memory. It checks signatures and
 * checksums for real, and fails where it is told to.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface S3Object {
  readonly bytes: Buffer;
  /** As S3 says it: of parts, that of their checksums. */
  readonly checksum: string;
  readonly etag: string;
}

export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly initiated: Date;
  readonly parts: Map<number, S3Object>;
}

/** What happens to requests that it is for, for so many of them. */
export interface Fault {
  readonly times: number;
  readonly when: (request: S3Request) => boolean;
  readonly what:
    | { readonly is: 'answer'; readonly status: number; readonly code: string }
    /** It is done, and the connection is cut after a part of the answer. */
    | { readonly is: 'cut' }
    /** The connection is cut before anything is done. */
    | { readonly is: 'refuse' }
    /** It is done, and nothing is said. */
    | { readonly is: 'hang' }
    /** A byte of the answer is another one. */
    | { readonly is: 'flip' };
}

export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface S3Server {
  readonly endpoint: string;
  /** By `bucket/key`. */
  readonly objects: Map<string, S3Object>;
  readonly uploads: Map<string, Upload>;
  readonly buckets: Set<string>;
  readonly requests: readonly S3Request[];
  /** Answers with what takes the fault back. */
  fail(fault: Fault): () => void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface S3Keys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string;
}

export async function startS3(keys: S3Keys): Promise<S3Server> {
  const store = { objects: new Map<string, S3Object>(), uploads: new Map<string, Upload>(), buckets: new Set<string>() };
  const requests: S3Request[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const faultFor = (request: S3Request): Fault | undefined => {
    const found = faults.find(({ fault, left }) => left > 0 && fault.when(request));
    if (found === undefined) return undefined;
    found.left--;
    return found.fault;
  };
  const server = createServer((incoming, response) => {
    void (async () => {
      const request = await readRequest(incoming);
      requests.push(request);
      const what = faultFor(request)?.what;
      if (what?.is === 'refuse') return void incoming.socket.destroy();
      const answer =
        what?.is === 'answer' ? refuse(what.status, what.code) : (refusalOf(request, incoming, keys) ?? answerTo(request, store));
      respond(request, response, answer, what?.is);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ...store,
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    fail: (fault) => {
      const one = { fault, left: fault.times };
      faults.push(one);
      return () => void (one.left = 0);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<S3Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://host');
  const [, bucket = '', ...key] = url.pathname.split('/').map(decodeURIComponent);
  return {
    method: incoming.method ?? '',
    bucket,
    key: key.join('/'),
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

function respond(request: S3Request, response: ServerResponse, answer: Answer, fault: string | undefined): void {
  const body = Buffer.from(answer.body ?? '');
  if (fault === 'hang') return;
  if (fault === 'flip' && body.length > 0) body[0] = (body[0] ?? 0) ^ 1;
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers });
  if (fault === 'cut') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    if (body.length === 0) response.destroy();
  } else response.end(request.method === 'HEAD' ? undefined : body);
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();
const md5 = (data: Buffer): Buffer => createHash('md5').update(data).digest();
const mac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const refuse = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>said for the test</Message></Error>`,
});
const xml = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Why the request is not let in. */
function refusalOf({ headers, body, method }: S3Request, incoming: IncomingMessage, keys: S3Keys): Answer | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (found === null) return refuse(403, 'AccessDenied');
  const [, accessKey = '', day = '', region = '', names = '', signature = ''] = found;
  if (accessKey !== keys.accessKey) return refuse(403, 'InvalidAccessKeyId');
  if (region !== (keys.region ?? 'us-east-1')) return refuse(400, 'AuthorizationHeaderMalformed');
  const date = String(headers['x-amz-date']);
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < 15 * 60_000)) return refuse(403, 'RequestTimeTooSkewed');
  const listed = names.split(';');
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (!mustBeSigned.every((name) => listed.includes(name))) return refuse(403, 'AccessDenied');
  const [path = '', query = ''] = (incoming.url ?? '').split('?');
  const canonicalQuery = query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');
  const canonical = [method, path, canonicalQuery, ...listed.map((name) => `${name}:${String(headers[name]).trim()}`), '', names];
  const request = [...canonical, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = ['s3', 'aws4_request'].reduce(mac, mac(mac(`AWS4${keys.secretKey}`, day), region));
  const own = mac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(request).toString('hex')].join('\n')).toString('hex');
  if (own !== signature) return refuse(403, 'SignatureDoesNotMatch');
  if (sha256(body).toString('hex') !== headers['x-amz-content-sha256']) return refuse(400, 'XAmzContentSHA256Mismatch');
  const sum = headers['x-amz-checksum-sha256'];
  return sum !== undefined && sum !== sha256(body).toString('base64') ? refuse(400, 'BadDigest') : undefined;
}

type Store = Pick<S3Server, 'objects' | 'uploads' | 'buckets'>;

function answerTo(request: S3Request, store: Store): Answer {
  const { method, bucket, key, query } = request;
  if (!store.buckets.has(bucket)) return refuse(404, 'NoSuchBucket');
  if (key === '') return method === 'GET' && query.has('uploads') ? listUploads(request, store) : refuse(501, 'NotImplemented');
  if (query.has('uploads') && method === 'POST') return createUpload(request, store);
  const upload = query.get('uploadId');
  if (upload !== null) return answerToUpload(request, store, upload);
  const name = `${bucket}/${key}`;
  switch (method) {
    case 'PUT': {
      const object = objectOf(request.body);
      store.objects.set(name, object);
      return { status: 200, headers: { etag: object.etag, 'x-amz-checksum-sha256': object.checksum } };
    }
    case 'DELETE':
      store.objects.delete(name);
      return { status: 204 };
    default: {
      const object = store.objects.get(name);
      return object === undefined ? refuse(404, 'NoSuchKey') : read(request, object);
    }
  }
}

function objectOf(bytes: Buffer): S3Object {
  return { bytes, checksum: sha256(bytes).toString('base64'), etag: `"${md5(bytes).toString('hex')}"` };
}

function read({ method, headers }: S3Request, { bytes, checksum, etag }: S3Object): Answer {
  const more = headers['x-amz-checksum-mode'] === 'ENABLED' ? { 'x-amz-checksum-sha256': checksum } : {};
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (range !== null) {
    const [from, to] = [Number(range[1]), range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1)];
    if (from > to) return refuse(416, 'InvalidRange');
    return { status: 206, headers: { etag, 'content-range': `bytes ${from}-${to}/${bytes.length}` }, body: bytes.subarray(from, to + 1) };
  }
  const sized = method === 'HEAD' ? { 'content-length': String(bytes.length) } : {};
  return { status: 200, headers: { etag, ...more, ...sized }, body: method === 'HEAD' ? '' : bytes };
}

function createUpload({ bucket, key }: S3Request, { uploads }: Store): Answer {
  const id = `upload&${uploads.size}-${Math.random().toString(36).slice(2)}`;
  uploads.set(id, { bucket, key, initiated: new Date(), parts: new Map() });
  return xml(
    `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key><UploadId>${escaped(id)}</UploadId></InitiateMultipartUploadResult>`,
  );
}

function listUploads({ bucket, query }: S3Request, { uploads }: Store): Answer {
  const found = [...uploads].filter(([, upload]) => upload.bucket === bucket && upload.key.startsWith(query.get('prefix') ?? ''));
  const listed = found.map(
    ([id, { key, initiated }]) =>
      `<Upload><Key>${escaped(key)}</Key><UploadId>${escaped(id)}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`,
  );
  return xml(
    `<ListMultipartUploadsResult><Bucket>${bucket}</Bucket>${listed.join('')}<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>`,
  );
}

function answerToUpload({ method, bucket, key, query, body }: S3Request, { uploads, objects }: Store, id: string): Answer {
  const upload = uploads.get(id);
  if (upload === undefined || upload.key !== key || upload.bucket !== bucket) return refuse(404, 'NoSuchUpload');
  if (method === 'PUT') {
    const part = objectOf(body);
    upload.parts.set(Number(query.get('partNumber')), part);
    return { status: 200, headers: { etag: part.etag, 'x-amz-checksum-sha256': part.checksum } };
  }
  if (method === 'DELETE') {
    uploads.delete(id);
    return { status: 204 };
  }
  const listed = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag><ChecksumSHA256>([^<]*)</g)].map(
    ([, number, etag = '', checksum]) => ({ number: Number(number), etag: etag.replace(/&#34;|&quot;/g, '"'), checksum }),
  );
  if (listed.some(({ number }, place) => place > 0 && number <= (listed[place - 1]?.number ?? 0))) return refuse(400, 'InvalidPartOrder');
  const parts = listed.map(({ number, etag, checksum }) => {
    const part = upload.parts.get(number);
    return part?.etag === etag && part.checksum === checksum ? part : undefined;
  });
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length === 0 || whole.length < parts.length) return refuse(400, 'InvalidPart');
  if (whole.slice(0, -1).some(({ bytes }) => bytes.length < 5 * 1024 * 1024)) return refuse(400, 'EntityTooSmall');
  const sums = Buffer.concat(whole.map(({ checksum }) => Buffer.from(checksum, 'base64')));
  const tags = Buffer.concat(whole.map(({ bytes }) => md5(bytes)));
  objects.set(`${bucket}/${key}`, {
    bytes: Buffer.concat(whole.map(({ bytes }) => bytes)),
    checksum: `${sha256(sums).toString('base64')}-${whole.length}`,
    etag: `"${md5(tags).toString('hex')}-${whole.length}"`,
  });
  uploads.delete(id);
  return xml(`<CompleteMultipartUploadResult><Key>${escaped(key)}</Key></CompleteMultipartUploadResult>`);
}
