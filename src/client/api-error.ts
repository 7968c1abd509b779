/** What the server said was wrong. */

/** RFC 9457, with what Continuo adds. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable: a code of the catalogue of errors. */
  readonly code: string;
  readonly mend: string;
  readonly details?: unknown;
  readonly request_id?: string;
}

export class ApiError extends Error {
  readonly status: number;
  /** Absent where something between here and the server answered in its place. */
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem === undefined ? `the server answered ${status}` : `${problem.code}: ${problem.detail}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }

  get code(): string | undefined {
    return this.problem?.code;
  }
}

export async function problemIn(answer: Response): Promise<Problem | undefined> {
  const value: unknown = await answer.json().catch(() => undefined);
  const isProblem = typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
  // The server's problem documents have these fields.
  return isProblem ? (value as Problem) : undefined;
}

/** Whether the same may go well a little later: too much was asked, or nobody was there to answer just now. */
export const passes = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;
