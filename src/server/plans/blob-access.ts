/**
 * Who may read which blob, and name it in what he hands in.
 *
 * A1. A blob is readable for a key when one of its projects brought it, when a run of its projects names it, or when the
 *     key is bound to no project.
 * A2. Nobody hands in the name of a blob that he may not read, in whatever place or text it stands: the run that it is
 *     handed to would name it from then on. One that is not there and a foreign one are refused alike.
 */
import { ContinuoError } from '../../core/errors.ts';
import { blobName } from '../../engine/payloads.ts';
import type { Backend } from '../../ports/backend.ts';
import type { RunRecord } from '../../ports/journal.ts';
import type { Principal } from '../access/principal.ts';
import { BlobsOfRuns } from './blobs-of-runs.ts';

/** What of a server's parts it takes to tell. */
export interface BlobParts {
  readonly backend: Pick<Backend, 'access' | 'blobs' | 'journal' | 'runs'>;
}

/** So many runs are looked through, the newest first: what an older one names is found by its own route. */
const newest = 200;
/** So many different blobs may be named in one thing that is handed in. */
const mostNamed = 1000;

const known = new WeakMap<object, BlobsOfRuns>();

function blobsOf(backend: BlobParts['backend']): BlobsOfRuns {
  const there = known.get(backend) ?? new BlobsOfRuns(backend);
  known.set(backend, there);
  return there;
}

export async function mayReadBlob(principal: Principal, blob: string, { backend }: BlobParts): Promise<boolean> {
  const { projects } = principal;
  if (projects === undefined) return true;
  if (await backend.access.grants.granted(projects, blob)) return true;
  // Whether it is there at all is not looked at: a quicker answer would tell.
  for (const run of await backend.runs.list({ projects, limit: newest })) if (await blobsOf(backend).names(run, blob)) return true;
  return false;
}

/** Whether a run, which the key has been found to cover, names the blob. */
export function namesBlob(run: Pick<RunRecord, 'run' | 'project'>, blob: string, { backend }: BlobParts): Promise<boolean> {
  return blobsOf(backend).names(run, blob);
}

/** Every blob that is named in what a key hands in is one that it may read. */
export async function mustOwnBlobs(principal: Principal, handedIn: unknown, parts: BlobParts): Promise<void> {
  if (principal.projects === undefined) return;
  const named = new Set<string>();
  for (const text of textsIn(handedIn)) for (const [id] of text.matchAll(blobName)) named.add(id);
  if (named.size > mostNamed)
    throw new ContinuoError('REQUEST_INVALID', `${named.size} blobs are named, and ${mostNamed} may be in one request`);
  for (const id of named) if (!(await mayReadBlob(principal, id, parts))) throw noSuchBlob(id);
}

export const noSuchBlob = (id: string): ContinuoError => new ContinuoError('BLOB_MISSING', `there is no blob ${JSON.stringify(id)} here`);

/** Every text in it, names of fields included. */
function* textsIn(value: unknown): Generator<string> {
  const open = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') yield one;
    else if (typeof one === 'object' && one !== null) {
      for (const [name, inner] of Object.entries(one)) {
        if (name.length > 70) yield name;
        open.push(inner);
      }
    }
  }
}
