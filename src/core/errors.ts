/**
 * The catalogue of errors. A code is stable; its page is docs/errors.md, which a test
 * holds against this file (`node scripts/errors-page.ts` writes it).
 */
import type { Json } from './data/json.ts';
import type { Fault } from './run/events.ts';

interface Entry {
  readonly meaning: string;
  readonly mend: string;
}

export const catalogue = {
  // plans
  PLAN_UNREADABLE: {
    meaning: 'The file or value is not a plan in any accepted form.',
    mend: 'Give valid JSON in the form of docs/plans.md, or a TypeScript file that exports a workflow.',
  },
  PLAN_INVALID: {
    meaning: 'The plan was read, but it could not run. Every problem is listed with its path.',
    mend: 'Change what each line names; `continuo validate` checks again without running anything.',
  },
  PLAN_CODE_MISSING: {
    meaning: 'The run goes by a version of its workflow whose functions are not loaded here.',
    mend: 'Load the version that it started with, or move it to the present one with `continuo migrate`.',
  },
  WORKFLOW_UNKNOWN: {
    meaning: 'No workflow of that name is registered.',
    mend: 'Register it, or correct the name.',
  },
  WORKFLOW_OTHER: {
    meaning: 'The file holds another workflow than the run is of.',
    mend: 'Name the file of the run’s own workflow; `file.ts#name` where it exports several.',
  },
  INPUT_INVALID: {
    meaning: 'The input does not fit the schema of the workflow or of the action.',
    mend: 'Correct the fields that are named.',
  },
  // agents
  AGENT_UNKNOWN: {
    meaning: 'A step names an agent or a capability that nothing registered has.',
    mend: 'Register the agent (`--agents file.ts`), or correct the name in the plan.',
  },
  ACTION_UNKNOWN: {
    meaning: 'The agent is there, but it has no such action.',
    mend: 'Use one of the actions that are listed, or add it to the agent.',
  },
  AGENT_INVALID: {
    meaning: 'What was registered, or exported by an agents file, is not an agent.',
    mend: 'Export a list of `agent({...})` or `{ id, actions: { name: async (input, ctx) => output } }`.',
  },
  AGENT_FAILED: {
    meaning: "The agent's action threw.",
    mend: 'Read the message: it is the agent’s own. Throw with `retryable: false` where trying again cannot help.',
  },
  AGENT_CRASHED: {
    meaning: 'The process in which the agent worked ended before it answered.',
    mend: 'Look at its output in the log; the attempt counts as failed and is retried by the step’s policy.',
  },
  OUTPUT_INVALID: {
    meaning: "The agent's answer does not fit the schema of its action.",
    mend: 'Correct the agent or the schema; the fields are named.',
  },
  OUTPUT_NOT_JSON: {
    meaning: 'The agent answered with something that is not JSON, so that it could not be written down.',
    mend: 'Return plain data; put bytes into a blob (`ctx.blobs.put`) and return its reference.',
  },
  // steps
  TRANSFORMER_THREW: {
    meaning: 'A function of the plan threw while it made a step’s input, a condition or the output.',
    mend: 'Correct the function; then `continuo migrate` and `continuo retry` go on from there.',
  },
  TRANSFORMER_ASYNC: {
    meaning: 'A function of the plan returned a promise. The skeleton is pure: it cannot wait.',
    mend: 'Do asynchronous work in an agent, and give the function its output.',
  },
  TRANSFORMER_NOT_JSON: {
    meaning: 'A function of the plan returned something that is not JSON.',
    mend: 'Return plain data.',
  },
  REFERENCE_INVALID: {
    meaning: 'A function read the output of a step that does not precede its own.',
    mend: 'Add that step to `after`, or read another.',
  },
  ATTEMPT_TIMED_OUT: {
    meaning: 'One attempt took longer than the step allows.',
    mend: 'Raise `timeout`, or make the agent report and finish sooner.',
  },
  STEP_TIMED_OUT: {
    meaning: 'All attempts of the step together took longer than it allows.',
    mend: 'Raise `timeout.total`, or lower the retries.',
  },
  HEARTBEAT_LOST: {
    meaning: 'The agent gave no sign of life for longer than the step’s `heartbeat`.',
    mend: 'Call `ctx.progress` or `ctx.heartbeat` more often, or raise the interval.',
  },
  ATTEMPT_STALE: {
    meaning: 'This attempt is no longer the one that counts: it timed out, or the run moved on.',
    mend: 'Nothing: its result is ignored. Long agents should listen to `ctx.signal`.',
  },
  VALUE_TOO_LARGE: {
    meaning:
      'A value that a run computes is larger than the engine takes: a text, a result, the list of a map, or what an expression makes and compares.',
    mend: 'Put large data into blobs and hand on their names; map over a longer list in parts; look for a value that grows from step to step.',
  },
  MAP_NOT_A_LIST: {
    meaning: 'The `over` of a map step did not give a list.',
    mend: 'Return an array, or refer to one.',
  },
  MAP_ITEMS_FAILED: {
    meaning: 'More items of a map failed than it tolerates. The finished ones are kept.',
    mend: '`continuo retry` runs the failed items alone; `tolerate` accepts some failures.',
  },
  GATE_REFUSED: {
    meaning: 'A gate said no, and its rounds are used up.',
    mend: 'Give it more rounds, `keepBest`, or `exhausted: "continue"`.',
  },
  BRANCH_UNKNOWN: {
    meaning: 'A branch chose a case that it does not have.',
    mend: 'Return one of its cases.',
  },
  ASK_EXPIRED: {
    meaning: 'Nobody answered before the deadline, and the question has no default.',
    mend: 'Give it `otherwise`, or a later deadline; `continuo retry` asks again.',
  },
  WAIT_EXPIRED: {
    meaning: 'What was waited for did not come before the deadline.',
    mend: 'Give the wait `otherwise`, or a later deadline; `continuo retry` waits again.',
  },
  WAIT_INVALID: {
    meaning: 'The instant to wait for is not a date-time.',
    mend: 'Give an ISO date-time with its zone (2026-03-01T09:00:00Z) or milliseconds since 1970.',
  },
  CHILD_FAILED: {
    meaning: 'A run that this step called failed or was cancelled.',
    mend: 'Look at the child run that is named; mend it, then retry this one.',
  },
  CALL_TOO_DEEP: {
    meaning: 'Workflows call each other more than 16 levels deep.',
    mend: 'Look for a workflow that calls itself without an end.',
  },
  CALL_TOO_WIDE: {
    meaning: 'A run, with all that it called and that those called, has 10,000 runs that have not ended.',
    mend: 'Look for workflows that call each other without an end, or let fewer items of a map be at work at a time (`concurrency`).',
  },
  RUN_TIMED_OUT: {
    meaning: 'The run timed out: it took longer than its plan allows.',
    mend: 'Raise the plan’s `timeout`, or give it a `fallbackPlan`.',
  },
  BUDGET_EXCEEDED: {
    meaning: 'What a call may cost at worst does not fit into what the budget has left.',
    mend: 'Raise the budget, or choose `onLimit: "degrade"` or `"ask"`.',
  },
  JOB_UNKNOWN: {
    meaning: 'A crash fell between submitting a paid job and recording its id, so that nobody knows whether the provider has it.',
    mend: 'Look at the provider, then answer the question that the run asks: the job’s id, or that it was not submitted.',
  },
  // the model gateway
  GATEWAY_CONFIG_INVALID: {
    meaning: 'The configuration of the model gateway cannot be used. Every problem is listed with its file and key.',
    mend: 'Change what each line names; `continuo gateway check` reads it again without calling anything.',
  },
  FUNCTION_UNKNOWN: {
    meaning: 'The gateway has no function of that name.',
    mend: 'Use one of those that are listed, or define it in the configuration.',
  },
  VARIANT_UNKNOWN: { meaning: 'The function has no variant of that name.', mend: 'Use one of those that are listed.' },
  MODEL_UNKNOWN: {
    meaning: 'The gateway has no model of that name.',
    mend: 'Define it under [models], or write `provider::model`.',
  },
  TEMPLATE_FAILED: {
    meaning: 'A template could not be rendered with this input.',
    mend: 'Correct the template or the input; the variable and the line are named.',
  },
  RULES_FAILED: {
    meaning: 'A rules variant threw, or what it gave does not fit the function’s schema.',
    mend: 'Correct the module or grammar that is named: rules have to answer every valid input.',
  },
  KEY_MISSING: {
    meaning: 'No provider that could answer has a key here.',
    mend: 'Set one of the environment variables that are named, or give the function a rules variant.',
  },
  KEY_REFUSED: {
    meaning: 'The provider did not accept the key.',
    mend: 'Check the environment variable that is named: the key may be mistyped, revoked, or of another account.',
  },
  PROVIDER_LIMITED: {
    meaning: 'The provider answers no more calls for now: its rate limit, or the account’s credit, is used up.',
    mend: 'Wait as long as it says, add a provider to the routing, or raise the limit there.',
  },
  PROVIDER_REFUSED: {
    meaning: 'The provider will not answer this request, however often it is asked.',
    mend: 'Read its reason: often the model’s name, a parameter that it does not know, or an input that is too long.',
  },
  PROVIDER_FAILED: {
    meaning: 'The provider failed, could not be reached, or answered with something that is no answer.',
    mend: 'Usually it passes: other providers of the routing are asked meanwhile.',
  },
  PROVIDER_TIMED_OUT: {
    meaning: 'The provider did not answer in time.',
    mend: 'Raise the timeouts of the model or the variant, or put a faster provider first.',
  },
  PROVIDER_RESTING: {
    meaning: 'The provider failed several times in a row and is left alone for a while.',
    mend: 'Nothing: it is tried again by itself.',
  },
  STREAM_CUT: {
    meaning: 'A stream ended before the answer was whole.',
    mend: 'Ask again; what came before it broke is not the whole answer.',
  },
  OUTPUT_UNUSABLE: {
    meaning: 'No provider gave an output that fits the function’s schema, although each was told what was wrong.',
    mend: 'Try a more able model, `json_mode = "strict"`, or a simpler schema.',
  },
  INFERENCE_FAILED: {
    meaning: 'No variant of the function gave an answer. What each said is listed.',
    mend: 'Mend one of them, or give the function a rules variant as its last resort.',
  },
  RATE_LIMITED: {
    meaning: 'A rate limit of the gateway’s configuration is used up.',
    mend: 'Wait as long as it says, or raise the limit in [[rate_limiting.rules]].',
  },
  METRIC_UNKNOWN: {
    meaning: 'The configuration has no metric of that name.',
    mend: 'Use one of those that are listed, or define it under [metrics].',
  },
  FEEDBACK_INVALID: {
    meaning: 'The value or the target does not fit the metric.',
    mend: 'Give a number to a float metric and true or false to a boolean one, for an inference or an episode as its level says.',
  },
  INFERENCE_UNKNOWN: { meaning: 'The ledger has no such inference or episode.', mend: 'Check the id and `--dir`.' },
  // commands
  RUN_UNKNOWN: {
    meaning: 'There is no run with that id here.',
    mend: '`continuo runs`, or over HTTP `GET /api/v1/workflows`, lists those that there are; check `--dir`, or the projects of the key.',
  },
  RUN_EXISTS: {
    meaning: 'A run with that id or idempotency key exists, and it was started with something else.',
    mend: 'Use another id or key, or the same plan and input.',
  },
  RUN_ENDED: { meaning: 'The run has ended, so that this cannot be done to it any more.', mend: 'Use `retry` or `fork` to go on from it.' },
  RUN_NOT_ENDED: { meaning: 'The run has not ended.', mend: 'Wait for it, or cancel it first.' },
  RUN_NOT_FAILED: { meaning: 'Nothing in the run has failed, so that there is nothing to retry.', mend: 'See `continuo show`.' },
  RUN_ID_INVALID: {
    meaning: 'A run id may have letters, digits, dot, dash and underscore, at most 128.',
    mend: 'Choose another id.',
  },
  STEP_UNKNOWN: { meaning: 'The plan has no such step.', mend: 'Use one of the step ids that are listed.' },
  STEP_NOT_ASKING: { meaning: 'That step asks nothing.', mend: '`continuo show` lists the open questions.' },
  STEP_DONE: { meaning: 'The step has finished.', mend: 'Fork from it to do it differently.' },
  ANSWER_INVALID: {
    meaning: 'The answer does not fit the question.',
    mend: 'Use one of the choices, or fill in the form as its schema says.',
  },
  MIGRATION_REFUSED: {
    meaning: 'Under the new plan, finished work would lose its place.',
    mend: 'Keep the steps that are named, or fork the run instead.',
  },
  FORK_INVALID: {
    meaning: 'The fork asks for something that the run does not have.',
    mend: 'Fork from a step of its plan, with edits to steps before it.',
  },
  USAGE: { meaning: 'The command line was not understood.', mend: 'See `continuo --help`.' },
  // the server
  REQUEST_INVALID: {
    meaning: 'The request is not in the form that the route takes. Every problem is listed with its place.',
    mend: 'Correct the fields that are named; the route’s schema is in `/openapi.json`.',
  },
  BODY_UNREADABLE: {
    meaning: 'The body is not the JSON that it should be: malformed, nested too deeply, or with a name twice in one object.',
    mend: 'Send one JSON value, each name once, nested at most as deep as the message says.',
  },
  BODY_TOO_LARGE: { meaning: 'The body is larger than the server takes.', mend: 'Send less at once; put large data into a blob.' },
  CONTENT_TYPE_UNKNOWN: { meaning: 'The server does not read bodies of that type.', mend: 'Send `content-type: application/json`.' },
  ROUTE_UNKNOWN: { meaning: 'The server has no such route.', mend: 'See `/openapi.json` for those that there are.' },
  METHOD_UNKNOWN: { meaning: 'The route does not take that method.', mend: 'Use one of those in the `Allow` header.' },
  KEY_REQUIRED: {
    meaning: 'The request has no key, or one that does not count: unknown, expired or revoked.',
    mend: 'Send `Authorization: Bearer <key>`; `continuo keys create` makes one.',
  },
  ACCESS_DENIED: {
    meaning: 'The key may not do this: it lacks the scope, or is not bound to the project.',
    mend: 'Use a key with the scope and the project that the message names.',
  },
  KEY_EXISTS: { meaning: 'There is a key of that id.', mend: 'Choose another id.' },
  KEY_UNKNOWN: { meaning: 'There is no key of that id.', mend: '`continuo keys list` shows those that there are.' },
  REQUESTS_LIMITED: { meaning: 'More requests came than the limit allows.', mend: 'Wait as long as `Retry-After` says.' },
  REQUEST_TIMED_OUT: { meaning: 'The request did not arrive whole in time.', mend: 'Send it faster, or less at once.' },
  SIGNATURE_REQUIRED: {
    meaning: 'This server runs plans only that were signed by somebody whom it trusts.',
    mend: 'Sign the plan (`continuo plans sign`) with a key that the server was given.',
  },
  SIGNATURE_INVALID: {
    meaning: 'A signature does not fit what it should vouch for, or is of nobody whom the server trusts.',
    mend: 'Sign again what is sent, unchanged; for webhooks, with the shared secret and the time of sending.',
  },
  MESSAGE_REPLAYED: {
    meaning: 'The same signed message came before, or it was signed too long ago.',
    mend: 'Sign each message anew, with the present time, and send it once.',
  },
  ADDRESS_FORBIDDEN: {
    meaning: 'A URL leads to where the server must not go for others: this machine, a private network, or another scheme than http.',
    mend: 'Give a public address, or have whoever runs the server allow this one.',
  },
  SOURCE_FAILED: {
    meaning: 'What a URL leads to could not be fetched: nobody answers there, not in time, or not with what was asked for.',
    mend: 'Open the URL yourself from outside; where that works, bring the bytes with `POST /api/v1/blobs`.',
  },
  RANGE_UNSATISFIABLE: {
    meaning: 'The bytes that the request asks for lie beyond the end.',
    mend: 'Ask for a range within the length that `Content-Range` of the answer tells.',
  },
  AGENT_ABSENT: { meaning: 'No agent of that id is registered on this node.', mend: '`GET /api/v1/agents` lists those that there are.' },
  PLAN_UNKNOWN: { meaning: 'No plan of that id was handed in for the project.', mend: 'Hand it in with `POST /api/v1/plans`.' },
  NOT_MOUNTED: {
    meaning: 'The part of the product that the route belongs to is not mounted on this server.',
    mend: 'Start the server with it; the message says how.',
  },
  NOT_OFFERED: { meaning: 'The server does not offer this yet.', mend: 'The message says what can be done instead.' },
  READER_TOO_SLOW: {
    meaning: 'Live events came faster than they were read, so that the connection was given up.',
    mend: 'Connect again from the last cursor that was read: nothing is missed.',
  },
  AUDIT_BROKEN: {
    meaning: 'The audit log was changed: a record does not follow from the one before.',
    mend: 'Compare with a backup from the record that is named on.',
  },
  // keeping
  DIRECTORY_HELD: {
    meaning: 'Another engine works in this data directory.',
    mend: 'Command the running one (`continuo show`, `answer`, `signal` …), stop it, or use another `--dir`.',
  },
  STORE_FULL: {
    meaning: 'The disk is full; what was to be written was not, and nothing of it is half there.',
    mend: 'Free some space and run again: every run goes on where it was.',
  },
  STORE_FAILED: {
    meaning: 'The store could not read or write.',
    mend: 'Check the disk and the permissions of the data directory, or the server that the message names.',
  },
  STORE_CORRUPT: {
    meaning: 'The database or a journal in it is damaged.',
    mend: '`continuo doctor` says which runs are whole; restore the directory from a backup.',
  },
  JOURNAL_UNREADABLE: {
    meaning: 'The file is not an exported journal, or it was damaged on the way.',
    mend: 'Export it again: `continuo history <run> --export <file>`.',
  },
  JOURNAL_NEWER: { meaning: 'A newer version of Continuo wrote this.', mend: 'Upgrade this installation.' },
  STORE_UNREACHABLE: {
    meaning: 'A server that the store stands on (Postgres, Redis, S3) could not be reached when it was opened.',
    mend: 'Start it, or correct the address; the message says which one and what was tried.',
  },
  STORE_DENIED: {
    meaning: 'A server that the store stands on refused the credentials, or what they may do.',
    mend: 'Correct user and password, or grant what the message names.',
  },
  STORE_UNFIT: {
    meaning: 'A server was reached, and cannot be used as it is: too old, set up so that it forgets, or another cluster’s.',
    mend: 'Change what the message names, or give an address of its own to each cluster.',
  },
  NODE_FENCED: {
    meaning: 'This node was silent for longer than its lease, and others went on with its runs.',
    mend: 'Nothing is lost: it joins again by itself. Ask again what was refused with this.',
  },
  RUN_ELSEWHERE: {
    meaning: 'The run belongs to another node that lives.',
    mend: 'Send the command through the orchestrator, which hands it on; only that node writes to the run.',
  },
  NODE_LOST: {
    meaning: 'Several nodes in a row were lost while they made this attempt.',
    mend: 'Look whether the agent takes its process down (memory, native code); `isolation: "process"` keeps it apart.',
  },
  MESSAGE_SETTLED: {
    meaning: 'What a message of the inbox asks for was done by somebody else meanwhile.',
    mend: 'Nothing needs to be done.',
  },
  JOURNAL_CONFLICT: {
    meaning: 'Another writer was first to append to this run.',
    mend: 'Nothing: the engine loads the run again and decides anew.',
  },
  BLOB_MISSING: {
    meaning: 'A blob that is referred to is not in the store.',
    mend: 'Restore it from a backup, or retry the step that made it.',
  },
  BLOB_CORRUPT: { meaning: 'The bytes of a blob do not give its name.', mend: 'Restore it from a backup, or retry the step that made it.' },
  // the studio
  STUDIO_UNAVAILABLE: {
    meaning: 'A package that the studio draws, speaks or encodes with is not installed, or does not run on this machine.',
    mend: 'Run `npm ci` again without `--omit=optional`; the message names the package.',
  },
  FFMPEG_MISSING: {
    meaning: 'No ffmpeg was found that can do what is needed.',
    mend: 'Set CONTINUO_FFMPEG and CONTINUO_FFPROBE to programs of version 4.1 or newer with libx264 and aac, or run `npm ci`.',
  },
  FFMPEG_FAILED: {
    meaning: 'ffmpeg gave up; the message has its last words.',
    mend: 'Look at the file that is named; the step may be retried.',
  },
  MEDIA_UNREADABLE: {
    meaning: 'A picture, a sound or a film cannot be read, or is not what it is said to be.',
    mend: 'Replace the file that is named, or leave it out.',
  },
  VOICE_UNKNOWN: {
    meaning: 'No voice of that name can be had here.',
    mend: 'Choose one of the voices that are listed.',
  },
  TEXT_UNDRAWABLE: {
    meaning: 'No font of this machine has the letters of a text.',
    mend: 'Put a font that has them into the folder that the message names, or write the text in another script.',
  },
  MEDIA_MODEL_FAILED: {
    meaning: 'A model for pictures or speech did not answer, or not with what was asked for.',
    mend: 'Read what the provider says; without its key the picture or voice is made on this machine.',
  },
  STUDIO_CONFIG_INVALID: {
    meaning: 'The configuration of the studio cannot be used. Every problem is listed with its file and key.',
    mend: 'Change what each line names.',
  },
  SCRIPT_INVALID: {
    meaning: 'A script for a film is not in the form of one.',
    mend: 'Correct the fields that are named; `continuo make --edit` writes a script to begin with.',
  },
  FILM_UNWRITABLE: {
    meaning: 'The finished film cannot be put where it was asked for.',
    mend: 'Choose another place with `--out`; the film is kept, and the same command only copies it.',
  },
  INTERNAL: {
    meaning: 'Something went wrong that nobody foresaw.',
    mend: 'With CONTINUO_DEBUG=1 the same command shows where; please report it.',
  },
  ENGINE_CLOSED: { meaning: 'The orchestrator is closed.', mend: 'Open it again; unfinished runs go on.' },
} as const;

// A catalogue entry without a mend does not compile.
catalogue satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof catalogue;

/** Everything that Continuo itself throws. `message` says what and where; the catalogue has the mend. */
export class ContinuoError extends Error {
  readonly code: ErrorCode;
  readonly details: Json | undefined;
  /** Whether the same may go well another time. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, details?: Json, retryable = false) {
    super(message);
    this.name = 'ContinuoError';
    this.code = code;
    this.details = details;
    this.retryable = retryable;
  }

  get mend(): string {
    return catalogue[this.code].mend;
  }
}

export function fault(code: ErrorCode, message: string, extra: { retryable?: boolean; details?: Json } = {}): Fault {
  return { code, message, ...extra };
}

/** An error as data. Foreign errors are the agent's: they may be retried unless they say otherwise. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ContinuoError) {
    return {
      code: error.code,
      message: error.message,
      retryable: error.retryable,
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  }
  const shape = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; message?: unknown; retryable?: unknown };
  return {
    code: typeof shape.code === 'string' && shape.code !== '' ? shape.code : 'AGENT_FAILED',
    message: typeof shape.message === 'string' && shape.message !== '' ? shape.message : String(error),
    ...(typeof shape.retryable === 'boolean' ? { retryable: shape.retryable } : {}),
  };
}
