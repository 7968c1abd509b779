/** What a server keeps besides runs: who may do what, what was done by whom, and what was handed in from outside. */

/** `read` looks; `run` starts and steers runs, and looks; `approve` answers what runs ask, and looks; `admin` may everything. */
export type Scope = 'read' | 'run' | 'approve' | 'admin';

export interface KeyRecord {
  /** The part of a key that may be shown. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the whole key, in hex: the key itself is kept nowhere. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  /** The projects that it is bound to; absent where it is bound to none, and may work in all. */
  readonly projects?: readonly string[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

/**
 * K1. An id is given once: adding one that is there is KEY_EXISTS.
 * K2. A key that was revoked stays revoked, with the first time; on the node that revoked it at once, on others within
 *     a second.
 */
export interface Keys {
  add(key: KeyRecord): Promise<void>;
  get(id: string): Promise<KeyRecord | undefined>;
  /** Oldest first. */
  list(): Promise<readonly KeyRecord[]>;
  /** Answers with the key as it is then; undefined where there is none of that id. */
  revoke(id: string, at: number): Promise<KeyRecord | undefined>;
}

/** One thing that somebody did. */
export interface AuditNote {
  readonly at: number;
  /** `key:<id>`, `admin` for the key of the environment, `webhook:<name>`, `cli:<user>`. */
  readonly who: string;
  /** `run.start`, `run.cancel`, `key.create` … */
  readonly what: string;
  readonly run?: string;
  readonly project?: string;
  /** JSON text, without secrets. */
  readonly details?: string;
}

/** A note in its place in the chain. */
export interface AuditRecord extends AuditNote {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** Hash of the record before; empty for the first. */
  readonly before: string;
  /** Hash of this one, `before` included. */
  readonly hash: string;
}

/**
 * U1. `append` adds all of its records or none, and only at the end: when another was first (the first record's number
 *     is taken, or would leave a gap) it answers `overtaken`, and nothing is there.
 * U2. When it answers `appended`, the records survive a power cut. Nothing is ever changed or removed.
 */
export interface Audit {
  append(records: readonly AuditRecord[]): Promise<'appended' | 'overtaken'>;
  last(): Promise<AuditRecord | undefined>;
  /** In order, from the one after `after` on. */
  read(after: number, limit: number): Promise<readonly AuditRecord[]>;
}

/** A plan that somebody handed in, and may start by its id. */
export interface SubmittedPlan {
  /** Content hash of the plan: `Plans` has its text. */
  readonly id: string;
  readonly project: string;
  readonly workflow: string;
  readonly at: number;
  readonly by: string;
  /** Who vouches for it: the name of the signer's key, and an Ed25519 signature over the plan's canonical JSON. */
  readonly signature?: { readonly signer: string; readonly value: string };
}

/** S1. The same plan of the same project is there once; a signature takes the place of none, and nothing of a signature. */
export interface SubmittedPlans {
  save(plan: SubmittedPlan): Promise<void>;
  get(project: string, id: string): Promise<SubmittedPlan | undefined>;
  /** Newest first. */
  list(project: string, limit: number): Promise<readonly SubmittedPlan[]>;
}

/** Which projects have brought which blobs: whoever has the bytes may read them. */
export interface Grants {
  grant(project: string, blob: string): Promise<void>;
  granted(projects: readonly string[], blob: string): Promise<boolean>;
}

/** N1. `first` is true for one caller of each id until then, on whatever node; durable before it answers. */
export interface Nonces {
  first(id: string, until: number, now: number): Promise<boolean>;
}

export interface Bucket {
  /** `key/<id>/requests`: what is counted, and for whom. */
  readonly id: string;
  readonly capacity: number;
  /** How much comes back in a millisecond. */
  readonly refill: number;
}

/**
 * Counters of requests, shared by all nodes. They may be lost at any time, and then begin full: they protect, they do
 * not account.
 * Q1. `take` takes one from every bucket or from none.
 * Q2. It never fails and never waits long: where the nodes' common memory is away, each counts for itself.
 */
export interface Quotas {
  take(
    buckets: readonly Bucket[],
    now: number,
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly bucket: string; readonly retryAt: number }>;
}

export interface Access {
  readonly keys: Keys;
  readonly audit: Audit;
  readonly plans: SubmittedPlans;
  readonly grants: Grants;
  readonly nonces: Nonces;
  readonly quotas: Quotas;
}
