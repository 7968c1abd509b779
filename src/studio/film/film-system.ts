/** A system that makes films, as whoever wants one needs it: the command line, and later a server. */
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { FilmRequest, FilmRequestInput, RequestProblem } from './request.ts';

export interface FilmSystem {
  readonly workflow: AnyWorkflow;
  /** Its steps, as people think of them. */
  readonly stages: readonly Stage[];
  /** The step that waits for a person who changes the script. */
  readonly editing: string;
  /** Globs of the gateway's configuration. */
  readonly gateway: readonly string[];
  /** What is asked, with everything that was left open; or every problem with it. */
  readRequest(request: FilmRequestInput): { readonly request: FilmRequest } | { readonly problems: readonly RequestProblem[] };
  /** Throws SCRIPT_INVALID with every problem. */
  readScript(value: unknown): { readonly title: string };
  /** Throws what would stop any film here: no ffmpeg, no such voice, a package that does not run. */
  open(options: OpenFilmSystem): Promise<OpenedFilmSystem>;
}

export interface Stage {
  readonly name: string;
  readonly steps: readonly string[];
  /** How much of its work is in which of them; 1 where nothing is said. */
  readonly weights?: Readonly<Record<string, number>>;
}

export interface OpenFilmSystem {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `offline`: pictures are drawn here; `auto`: by a model where there is a key; or a model by its name. Null: as the configuration says. */
  readonly pictures: string | null;
  /** A voice; null for the usual one. */
  readonly voice: string | null;
  /** Whether requests may name files of this machine; true when absent. */
  readonly localFiles?: boolean;
}

export interface OpenedFilmSystem {
  readonly agents: readonly unknown[];
  /** What a film will take at most, besides what language models cost. */
  estimate(request: FilmRequest): FilmEstimate;
  close(): Promise<void>;
}

export interface FilmEstimate {
  /** Dollars, at most. */
  readonly cost: number;
  /** For people: which models are asked, and why others are not. */
  readonly notes: readonly string[];
  readonly scenes: number;
}
