/** How the process ends: a promise to scripts. */
import type { ErrorCode } from '../core/errors.ts';
import type { Status } from '../core/run/state.ts';

export const exitCodes = {
  succeeded: 0,
  failed: 1,
  usage: 2,
  cancelled: 3,
  waiting: 4,
  differs: 5,
  /** `serve` and `worker`: told to end, and the deadline came before the end of what was in hand. It is made again. */
  handedBack: 6,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(status: Status): ExitCode {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return exitCodes[status];
    case 'running':
    case 'waiting':
    case 'paused':
      return exitCodes.waiting;
  }
}

/** What the one who typed the command can mend; everything else went wrong by itself. */
const askedWrongly: ReadonlySet<ErrorCode> = new Set([
  'PLAN_UNREADABLE',
  'PLAN_INVALID',
  'PLAN_CODE_MISSING',
  'WORKFLOW_UNKNOWN',
  'WORKFLOW_OTHER',
  'JOURNAL_UNREADABLE',
  'INPUT_INVALID',
  'AGENT_UNKNOWN',
  'ACTION_UNKNOWN',
  'AGENT_INVALID',
  'RUN_UNKNOWN',
  'RUN_EXISTS',
  'RUN_ENDED',
  'RUN_NOT_ENDED',
  'RUN_NOT_FAILED',
  'RUN_ID_INVALID',
  'STEP_UNKNOWN',
  'STEP_NOT_ASKING',
  'STEP_DONE',
  'ANSWER_INVALID',
  'MIGRATION_REFUSED',
  'FORK_INVALID',
  'GATEWAY_CONFIG_INVALID',
  'FUNCTION_UNKNOWN',
  'VARIANT_UNKNOWN',
  'MODEL_UNKNOWN',
  'KEY_MISSING',
  'KEY_UNKNOWN',
  'METRIC_UNKNOWN',
  'FEEDBACK_INVALID',
  'INFERENCE_UNKNOWN',
  'USAGE',
  'DIRECTORY_HELD',
  'FFMPEG_MISSING',
  'VOICE_UNKNOWN',
  'TEXT_UNDRAWABLE',
  'STUDIO_CONFIG_INVALID',
  'SCRIPT_INVALID',
  'MEDIA_UNREADABLE',
  'FILM_UNWRITABLE',
]);

export function exitCodeOfError(code: ErrorCode): ExitCode {
  return askedWrongly.has(code) ? exitCodes.usage : exitCodes.failed;
}
