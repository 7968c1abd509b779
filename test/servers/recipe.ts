/** What a keeper has to know of a kind of server. */
export interface Recipe {
  /** Makes the folder ready for the first start. */
  readonly prepare: (folder: string) => Prepared;
  /** What the server says once it takes connections. */
  readonly ready: string;
  /** What it says when somebody else has the port. */
  readonly taken: RegExp;
  /** What it says when the one that was killed before it has not quite let go. */
  readonly lingering: RegExp;
  /** Ends it without waiting for its clients. */
  readonly ending: NodeJS.Signals;
}

export interface Prepared {
  readonly command: string;
  readonly flags: (port: number) => readonly string[];
  readonly user: User;
}

/** Whom it runs as; empty for whoever starts it. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}
