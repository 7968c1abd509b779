export interface PostgresSettings {
  /** `postgres://user:password@host:port/database`, of the server itself: not of a pooler that shares connections out. */
  readonly url: string;
  /** All tables are in this schema, which is made where it is missing; `continuo` when absent. */
  readonly schema?: string;
  /** Connections at most in the pool, 2 or more; 12 when absent. A few with a purpose of their own come on top. */
  readonly connections?: number;
}

export interface RedisSettings {
  /** `redis://…` or `rediss://…`; of a cluster or of sentinels, any number of their nodes. */
  readonly url: string | readonly string[];
  /** The servers are those of a Redis Cluster. */
  readonly cluster?: true;
  /** The servers are sentinels, and the master that they watch has this name. */
  readonly sentinel?: string;
  /** For the servers behind sentinels or a cluster, where the address does not say it. */
  readonly username?: string;
  readonly password?: string;
}

export interface S3Settings {
  readonly bucket: string;
  /** `https://s3.eu-central-1.amazonaws.com`, or any server that speaks S3. */
  readonly endpoint: string;
  readonly region?: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Put before the name of each blob. */
  readonly prefix?: string;
  /** Whether the bucket is named in the path of an address or in its host; when absent, in the host of Amazon's and in the path of others'. */
  readonly addressing?: 'path' | 'host';
}

/** The same for all nodes of a cluster, but for `role` and `name`. */
export interface DistributedOptions {
  /** What keeps everything. */
  readonly postgres: string | PostgresSettings;
  /** What moves attempts and events between nodes. */
  readonly redis: string | RedisSettings;
  /** Where blobs lie, the same for all nodes: a folder that they share, or S3. */
  readonly blobs: string | { readonly s3: S3Settings };
  /** `engine` has runs; `worker` makes attempts for others; `visitor` looks, and leaves commands. */
  readonly role?: 'engine' | 'worker' | 'visitor';
  /** What people see of this node; host and process when absent. */
  readonly name?: string;
  /** How long a node may be silent before others go on with its runs, in milliseconds; 15 s when absent. */
  readonly lease?: number;
}
