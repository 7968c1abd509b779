/** A system that makes films, as whoever wants one needs it: the command line, and later a server. */
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { FilmRequest, FilmRequestInput } from './request.ts';

export interface FilmSystem {
  readonly workflow: AnyWorkflow;
  /** Its steps, as people think of them. */
  readonly stages: readonly Stage[];
  /** The step that waits for a person who changes the script. */
  readonly editing: string;
  /** Globs of the gateway's configuration. */
  readonly gateway: readonly string[];
  /** What is asked, with everything that was left open; or every problem with it. */
  readRequest(request: FilmRequestInput): { readonly request: FilmRequest } | { readonly problems: readonly string[] };
  /** Throws SCRIPT_INVALID with every problem. */
  readScript(value: unknown): { readonly title: string };
  open(options: OpenFilmSystem): Promise<OpenedFilmSystem>;
}

export interface Stage {
  readonly name: string;
  /** What is said of it when it is done, from the outputs of its steps. */
  readonly tell?: (outputs: Readonly<Record<string, unknown>>) => string;
  readonly steps: readonly string[];
}

export interface OpenFilmSystem {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `offline`: pictures are drawn here; `auto`: by a model where there is a key; or a model by its name. */
  readonly pictures: string;
  /** A voice; null for the usual one. */
  readonly voice: string | null;
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
  /** What costs them; nothing where everything is made here. */
  readonly paid: readonly string[];
  readonly scenes: number;
}
