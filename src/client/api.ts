/** Made of the server’s OpenAPI document by `npm run client`: what can be called, and what comes back. */

export type AcceptedFilm = {
  readonly job_id: string;
  readonly status: 'queued';
  readonly project_id: string;
  readonly estimated_cost: number;
  readonly status_url: string;
  readonly notes: readonly string[];
};

export type AcceptedWorkflow = {
  readonly workflow_id: string;
  readonly status: 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  readonly project_id: string;
  readonly workflow: string;
  readonly created_at: string;
  readonly links: { readonly self: string; readonly events: string; readonly stream: string; readonly live: string };
};

/** Counters and nodes: Only for keys that are bound to no project: it counts the work of all. */
export type Agent = {
  readonly id: string;
  readonly description?: string;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  readonly version: string;
  readonly isolation?: 'inline' | 'process';
  readonly concurrency?: number;
  readonly status: 'idle' | 'busy' | 'degraded' | 'offline' | 'elsewhere';
  readonly rests_until?: string;
  readonly running?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly failures_in_a_row?: number;
  readonly last_error?: string;
  readonly mean_milliseconds?: number;
  readonly nodes?: readonly string[];
  readonly waiting?: number;
  readonly in_hand?: number;
};

export type AnswerInput = {
  readonly step: string;
  readonly choice?: string;
  readonly value?: unknown;
  readonly item?: number;
  readonly note?: string;
};

export type BatchOutcome = {
  readonly accepted: number;
  readonly refused: number;
  readonly runs: readonly (
    | { readonly index: number; readonly accepted: true; readonly run: AcceptedWorkflow }
    | { readonly index: number; readonly accepted: false; readonly problem: ProblemInList }
  )[];
};

export type DeadLetter = {
  readonly workflow_id: string;
  readonly project_id: string;
  readonly workflow: string;
  readonly step: string;
  readonly attempts: number;
  readonly error: { readonly code: string; readonly message: string };
  readonly at: string;
  readonly fatal: boolean;
  readonly input: unknown;
};

export type DeadLetterPage = { readonly dead_letters: readonly DeadLetter[]; readonly cursor?: string };

export type ErrorEntry = { readonly code: string; readonly status: number; readonly meaning: string; readonly mend: string };

export type EventPage = {
  readonly workflow_id: string;
  readonly events: readonly {
    readonly cursor: number;
    readonly at: string;
    readonly type: string;
    readonly step?: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly cursor: number;
  readonly more: boolean;
};

export type FilmOrderInput = {
  readonly project_description: string;
  readonly content_mode?: 'adult' | 'kid';
  readonly target_duration?: number;
  readonly quality_mode?: 'draft' | 'standard' | 'high';
  readonly priority?: 'low' | 'normal' | 'high' | 'urgent';
  readonly aspect?: '9:16' | '16:9' | '1:1';
  readonly template?: 'tiktok-bold' | 'clean' | 'karaoke';
  readonly voice?: string;
  readonly project_id?: string;
  readonly idempotency_key?: string;
};

export type FilmStatus = {
  readonly job_id: string;
  readonly project_id: string;
  readonly status: 'queued' | 'processing' | 'waiting' | 'paused' | 'completed' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly stage?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly cost: number;
  readonly title?: string;
  readonly duration?: number;
  readonly score?: number;
  readonly rating?: string;
  readonly video_url?: string;
  readonly thumbnail_url?: string;
  readonly subtitles_url?: string;
  readonly error?: { readonly code: string; readonly message: string };
};

export type Health = { readonly status: 'ok' | 'draining' | 'unavailable' };

export type LearnerRequestInput = {
  readonly action: string;
  readonly learnerId: string;
  readonly data?: unknown;
  readonly project_id?: string;
};

export type Link = { readonly url: string; readonly expires_at: string };

export type LinkWishInput = { readonly path: string; readonly expires_in?: number };

export type ListedWorkflow = {
  readonly workflow_id: string;
  readonly project_id: string;
  readonly workflow: string;
  readonly plan_id: string;
  readonly status: 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  readonly created_at: string;
  readonly updated_at: string;
  readonly ended_at?: string;
  readonly questions: number;
  readonly failed_steps: number;
  readonly priority: number;
  readonly parent_id?: string;
  readonly error?: { readonly code: string; readonly message: string };
};

export type LiveTicket = { readonly ticket: string; readonly expires_at: string };

export type MigrateInput = {
  readonly workflow?: string;
  readonly plan?: Readonly<Record<string, unknown>>;
  readonly plan_id?: string;
  readonly signature?: { readonly signer: string; readonly value: string };
};

/** An error, as RFC 9457 says it. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code:
    | 'PLAN_UNREADABLE'
    | 'PLAN_INVALID'
    | 'PLAN_CODE_MISSING'
    | 'WORKFLOW_UNKNOWN'
    | 'WORKFLOW_OTHER'
    | 'INPUT_INVALID'
    | 'AGENT_UNKNOWN'
    | 'ACTION_UNKNOWN'
    | 'AGENT_INVALID'
    | 'AGENT_FAILED'
    | 'AGENT_CRASHED'
    | 'OUTPUT_INVALID'
    | 'OUTPUT_NOT_JSON'
    | 'TRANSFORMER_THREW'
    | 'TRANSFORMER_ASYNC'
    | 'TRANSFORMER_NOT_JSON'
    | 'REFERENCE_INVALID'
    | 'ATTEMPT_TIMED_OUT'
    | 'STEP_TIMED_OUT'
    | 'HEARTBEAT_LOST'
    | 'ATTEMPT_STALE'
    | 'VALUE_TOO_LARGE'
    | 'MAP_NOT_A_LIST'
    | 'MAP_ITEMS_FAILED'
    | 'GATE_REFUSED'
    | 'BRANCH_UNKNOWN'
    | 'ASK_EXPIRED'
    | 'WAIT_EXPIRED'
    | 'WAIT_INVALID'
    | 'CHILD_FAILED'
    | 'CALL_TOO_DEEP'
    | 'CALL_TOO_WIDE'
    | 'RUN_TIMED_OUT'
    | 'BUDGET_EXCEEDED'
    | 'JOB_UNKNOWN'
    | 'GATEWAY_CONFIG_INVALID'
    | 'FUNCTION_UNKNOWN'
    | 'VARIANT_UNKNOWN'
    | 'MODEL_UNKNOWN'
    | 'TEMPLATE_FAILED'
    | 'RULES_FAILED'
    | 'KEY_MISSING'
    | 'KEY_REFUSED'
    | 'PROVIDER_LIMITED'
    | 'PROVIDER_REFUSED'
    | 'PROVIDER_FAILED'
    | 'PROVIDER_TIMED_OUT'
    | 'PROVIDER_RESTING'
    | 'STREAM_CUT'
    | 'OUTPUT_UNUSABLE'
    | 'INFERENCE_FAILED'
    | 'RATE_LIMITED'
    | 'METRIC_UNKNOWN'
    | 'FEEDBACK_INVALID'
    | 'INFERENCE_UNKNOWN'
    | 'RUN_UNKNOWN'
    | 'RUN_EXISTS'
    | 'RUN_ENDED'
    | 'RUN_NOT_ENDED'
    | 'RUN_NOT_FAILED'
    | 'RUN_ID_INVALID'
    | 'STEP_UNKNOWN'
    | 'STEP_NOT_ASKING'
    | 'STEP_DONE'
    | 'ANSWER_INVALID'
    | 'MIGRATION_REFUSED'
    | 'FORK_INVALID'
    | 'USAGE'
    | 'REQUEST_INVALID'
    | 'BODY_UNREADABLE'
    | 'BODY_TOO_LARGE'
    | 'CONTENT_TYPE_UNKNOWN'
    | 'ROUTE_UNKNOWN'
    | 'METHOD_UNKNOWN'
    | 'KEY_REQUIRED'
    | 'ACCESS_DENIED'
    | 'KEY_EXISTS'
    | 'KEY_UNKNOWN'
    | 'REQUESTS_LIMITED'
    | 'REQUEST_TIMED_OUT'
    | 'SIGNATURE_REQUIRED'
    | 'SIGNATURE_INVALID'
    | 'MESSAGE_REPLAYED'
    | 'ADDRESS_FORBIDDEN'
    | 'SOURCE_FAILED'
    | 'RANGE_UNSATISFIABLE'
    | 'AGENT_ABSENT'
    | 'PLAN_UNKNOWN'
    | 'NOT_MOUNTED'
    | 'NOT_OFFERED'
    | 'READER_TOO_SLOW'
    | 'AUDIT_BROKEN'
    | 'DIRECTORY_HELD'
    | 'STORE_FULL'
    | 'STORE_FAILED'
    | 'STORE_CORRUPT'
    | 'JOURNAL_UNREADABLE'
    | 'JOURNAL_NEWER'
    | 'STORE_UNREACHABLE'
    | 'STORE_DENIED'
    | 'STORE_UNFIT'
    | 'NODE_FENCED'
    | 'RUN_ELSEWHERE'
    | 'NODE_LOST'
    | 'MESSAGE_SETTLED'
    | 'JOURNAL_CONFLICT'
    | 'BLOB_MISSING'
    | 'BLOB_CORRUPT'
    | 'STUDIO_UNAVAILABLE'
    | 'FFMPEG_MISSING'
    | 'FFMPEG_FAILED'
    | 'MEDIA_UNREADABLE'
    | 'VOICE_UNKNOWN'
    | 'TEXT_UNDRAWABLE'
    | 'MEDIA_MODEL_FAILED'
    | 'STUDIO_CONFIG_INVALID'
    | 'SCRIPT_INVALID'
    | 'FILM_UNWRITABLE'
    | 'INTERNAL'
    | 'ENGINE_CLOSED';
  readonly mend: string;
  readonly details?: unknown;
  readonly request_id: string;
};

export type ProblemInList = {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly mend: string;
  readonly details?: unknown;
};

export type Question = {
  readonly step: string;
  readonly item?: number;
  readonly question: string;
  readonly show?: unknown;
  readonly choices?: readonly string[];
  readonly form?: unknown;
  readonly who?: readonly string[];
  readonly deadline?: string;
  readonly otherwise?: unknown;
  readonly answers: number;
  readonly quorum: number;
};

export type QuestionPage = {
  readonly questions: readonly {
    readonly workflow_id: string;
    readonly project_id: string;
    readonly workflow: string;
    readonly question: Question;
  }[];
  readonly cursor?: string;
};

export type RetriedDeadLetters = {
  readonly retried: readonly string[];
  readonly refused: readonly { readonly workflow_id: string; readonly problem: ProblemInList }[];
};

export type RetryDeadLettersInput = {
  readonly workflow_ids?: readonly string[];
  readonly project_id?: string;
  readonly workflow?: string;
  readonly limit?: number;
};

export type ServerStatus = {
  readonly is: 'ready' | 'not ready' | 'draining';
  readonly reasons: readonly string[];
  readonly name: string;
  readonly role: 'engine' | 'worker';
  readonly version: string;
  readonly startedAt: number;
  readonly now: number;
  readonly hindered: readonly string[];
  readonly inHand: number;
  readonly lateness: number;
  readonly unheard: readonly string[];
};

export type SignalInput = { readonly name: string; readonly data?: unknown };

export type SkipInput = { readonly step: string; readonly value?: unknown };

export type StartBatchInput = { readonly runs: readonly StartWorkflowInput[]; readonly project_id?: string };

export type StartProjectWorkflowInput = {
  readonly input?: unknown;
  readonly idempotency_key?: string;
  readonly budget?: number;
  readonly priority?: number;
};

export type StartWorkflowInput = {
  readonly workflow?: string;
  readonly plan?: Readonly<Record<string, unknown>>;
  readonly plan_id?: string;
  readonly signature?: { readonly signer: string; readonly value: string };
  readonly project_id?: string;
  readonly input?: unknown;
  readonly idempotency_key?: string;
  readonly budget?: number;
  readonly priority?: number;
};

export type TriggerInput = { readonly project: string; readonly project_id?: string };

export type WorkflowCommanded = {
  readonly workflow_id: string;
  readonly project_id: string;
  readonly status: 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  readonly updated_at: string;
};

export type WorkflowPage = { readonly workflows: readonly ListedWorkflow[]; readonly cursor?: string };

export type WorkflowState = {
  readonly workflow_id: string;
  readonly project_id?: string;
  readonly workflow?: string;
  readonly status: 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
  readonly as_of?: string;
  readonly plan_id?: string;
  readonly phase?: string;
  readonly current_step?: string | null;
  readonly current_steps?: readonly string[];
  readonly completed_steps?: readonly string[];
  readonly failed_steps?: readonly string[];
  readonly skipped_steps?: readonly string[];
  readonly pending_tasks?: readonly {
    readonly agent: string;
    readonly step: string;
    readonly item?: number;
    readonly attempt: number;
    readonly data?: unknown;
  }[];
  readonly input?: unknown;
  readonly results?: Readonly<Record<string, unknown>>;
  readonly user_decisions?: readonly {
    readonly step: string;
    readonly at: string;
    readonly by: string;
    readonly choice?: string;
    readonly value?: unknown;
    readonly note?: string;
  }[];
  readonly error_history?: readonly {
    readonly step?: string;
    readonly item?: number;
    readonly attempt?: number;
    readonly error: { readonly code: string; readonly message: string };
    readonly at: string;
  }[];
  readonly questions?: readonly Question[];
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly ended_at?: string;
  readonly output?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly cost?: { readonly limit?: number; readonly spent: number; readonly reserved: number };
  readonly priority?: number;
  readonly parent_id?: string;
  readonly forked_from?: { readonly workflow_id: string; readonly step: string };
};

export type WorkflowType = {
  readonly workflow: string;
  readonly description?: string;
  readonly version?: string;
  readonly plan_id: string;
  readonly steps: readonly { readonly id: string; readonly kind: string; readonly dependencies: readonly string[] }[];
  readonly input?: unknown;
  readonly budget?: number;
};

export interface Operations {
  /** Answer what a workflow asks */
  readonly answerQuestion: {
    readonly asked: { readonly params: { readonly id: string }; readonly body: AnswerInput };
    readonly answer: WorkflowCommanded;
  };
  /** A session, an activity or a question of a learner */
  readonly askLearningAgents: { readonly asked: { readonly body: LearnerRequestInput }; readonly answer: unknown };
  /** Bring bytes: the body as it is, with its media type */
  readonly bringBlob: {
    readonly asked: { readonly query?: { readonly project_id?: string } };
    readonly answer: { readonly blob: string; readonly bytes: number; readonly type: string; readonly project_id: string };
  };
  /** Cancel a workflow */
  readonly cancelWorkflow: {
    readonly asked: {
      readonly params: { readonly id: string };
      readonly query?: { readonly reason?: string };
      readonly body?: { readonly reason?: string } | null;
    };
    readonly answer: WorkflowCommanded;
  };
  /** What was spent, by project, workflow, component or day */
  readonly costs: {
    readonly asked: {
      readonly query?: {
        readonly project_id?: string;
        readonly from?: string;
        readonly to?: string;
        readonly by?: 'project' | 'workflow' | 'component' | 'day';
      };
    };
    readonly answer: {
      readonly currency: 'USD';
      readonly by: string;
      readonly book: 'gateway' | 'runs';
      readonly total: number;
      readonly whole: boolean;
      readonly costs: readonly {
        readonly project_id: string;
        readonly day?: string;
        readonly workflow?: string;
        readonly function?: string;
        readonly step?: string;
        readonly cost: number;
        readonly runs?: number;
        readonly inferences?: number;
        readonly input_tokens?: number;
        readonly output_tokens?: number;
      }[];
    };
  };
  /** Ask a function, or a model as it is, in OpenAI’s words */
  readonly createChatCompletion: {
    readonly asked: {
      readonly body: {
        readonly model: string;
        readonly messages: readonly (
          | {
              readonly role: 'system';
              readonly content:
                | string
                | readonly { readonly type: 'text'; readonly text: string }[]
                | readonly { readonly type: 'text'; readonly 'tensorzero::arguments': Readonly<Record<string, unknown>> }[];
              readonly name?: string;
            }
          | {
              readonly role: 'developer';
              readonly content:
                | string
                | readonly { readonly type: 'text'; readonly text: string }[]
                | readonly { readonly type: 'text'; readonly 'tensorzero::arguments': Readonly<Record<string, unknown>> }[];
              readonly name?: string;
            }
          | {
              readonly role: 'user';
              readonly content:
                | string
                | readonly { readonly type: 'text'; readonly text: string }[]
                | readonly { readonly type: 'text'; readonly 'tensorzero::arguments': Readonly<Record<string, unknown>> }[];
              readonly name?: string;
            }
          | {
              readonly role: 'assistant';
              readonly content?:
                | string
                | readonly { readonly type: 'text'; readonly text: string }[]
                | readonly { readonly type: 'text'; readonly 'tensorzero::arguments': Readonly<Record<string, unknown>> }[]
                | null;
              readonly refusal?: null;
              readonly annotations?: readonly unknown[];
              readonly audio?: null;
              readonly name?: string;
              readonly tool_calls?: readonly {
                readonly id: string;
                readonly type: 'function';
                readonly function: { readonly name: string; readonly arguments: string };
              }[];
            }
          | {
              readonly role: 'tool';
              readonly content: string | readonly { readonly type: 'text'; readonly text: string }[];
              readonly tool_call_id: string;
            }
        )[];
        readonly temperature?: number;
        readonly top_p?: number;
        readonly presence_penalty?: number;
        readonly frequency_penalty?: number;
        readonly seed?: number;
        readonly max_tokens?: number | null;
        readonly max_completion_tokens?: number | null;
        readonly stop?: string | readonly string[] | null;
        readonly n?: 1 | null;
        readonly stream?: boolean | null;
        readonly stream_options?: { readonly include_usage?: boolean } | null;
        readonly response_format?:
          | { readonly type: 'text' }
          | { readonly type: 'json_object' }
          | {
              readonly type: 'json_schema';
              readonly json_schema: {
                readonly name: string;
                readonly description?: string;
                readonly schema: Readonly<Record<string, unknown>>;
                readonly strict?: boolean | null;
              };
            };
        readonly tools?: readonly {
          readonly type: 'function';
          readonly function: {
            readonly name: string;
            readonly description?: string;
            readonly parameters?: Readonly<Record<string, unknown>>;
            readonly strict?: boolean | null;
          };
        }[];
        readonly tool_choice?: 'none' | 'auto' | 'required' | { readonly type: 'function'; readonly function: { readonly name: string } };
        readonly parallel_tool_calls?: true;
        readonly logprobs?: false | null;
        readonly store?: false | null;
        readonly user?: string;
        readonly metadata?: Readonly<Record<string, string>> | null;
        readonly 'tensorzero::episode_id'?: string;
        readonly 'tensorzero::variant_name'?: string;
        readonly 'tensorzero::dryrun'?: boolean;
        readonly 'tensorzero::tags'?: Readonly<Record<string, string>>;
        readonly 'tensorzero::cache_options'?: { readonly enabled?: 'off' | 'on' | 'read_only' | 'write_only'; readonly ttl_s?: number };
        readonly 'tensorzero::credentials'?: Readonly<Record<string, string>>;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly episode_id: string;
      readonly object: 'chat.completion';
      readonly created: number;
      readonly model: string;
      readonly choices: readonly {
        readonly index: 0;
        readonly finish_reason: 'stop' | 'length' | 'content_filter' | 'tool_calls';
        readonly logprobs: null;
        readonly message: {
          readonly role: 'assistant';
          readonly content: string | null;
          readonly refusal: null;
          readonly tool_calls?: readonly {
            readonly id: string;
            readonly type: 'function';
            readonly function: { readonly name: string; readonly arguments: string };
          }[];
        };
      }[];
      readonly usage: {
        readonly prompt_tokens: number;
        readonly completion_tokens: number;
        readonly total_tokens: number;
        readonly tensorzero_cost: number;
      };
    };
  };
  /** This page */
  readonly docs: { readonly asked: {}; readonly answer: Blob };
  /** What an error means, and what to do about it */
  readonly explainError: { readonly asked: { readonly params: { readonly code: string } }; readonly answer: ErrorEntry };
  /** Have bytes fetched from a public URL */
  readonly fetchBlob: {
    readonly asked: { readonly body: { readonly url: string; readonly project_id?: string } };
    readonly answer: { readonly blob: string; readonly bytes: number; readonly type: string; readonly project_id: string };
  };
  /** A WebSocket: how all agents are, then each that changes */
  readonly followAgents: { readonly asked: { readonly query?: { readonly ticket?: string } }; readonly answer: Blob };
  /** A WebSocket: every event of a run after a cursor, then as they happen, until it has ended */
  readonly followWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly query?: { readonly cursor?: string; readonly ticket?: string } };
    readonly answer: Blob;
  };
  /** Begin a new workflow with what another had done */
  readonly forkWorkflow: {
    readonly asked: {
      readonly params: { readonly id: string };
      readonly body?: { readonly from?: string; readonly input?: unknown; readonly outputs?: Readonly<Record<string, unknown>> } | null;
    };
    readonly answer: AcceptedWorkflow;
  };
  /** Make a film of a sentence */
  readonly generateVideo: { readonly asked: { readonly body: FilmOrderInput }; readonly answer: AcceptedFilm };
  /** How an agent is */
  readonly getAgentStatus: { readonly asked: { readonly params: { readonly id: string } }; readonly answer: Agent };
  /** The bytes of a blob that the project brought, or that one of its newest runs names */
  readonly getBlob: {
    readonly asked: { readonly params: { readonly blob: string }; readonly query?: { readonly download?: string; readonly link?: string } };
    readonly answer: Blob;
  };
  /** The bytes of a blob that the run names */
  readonly getBlobOfWorkflow: {
    readonly asked: {
      readonly params: { readonly id: string; readonly blob: string };
      readonly query?: { readonly download?: string; readonly link?: string };
    };
    readonly answer: Blob;
  };
  /** What happened to a workflow: its journal, a page at a time */
  readonly getEvents: {
    readonly asked: { readonly params: { readonly id: string }; readonly query?: { readonly cursor?: number; readonly limit?: number } };
    readonly answer: EventPage;
  };
  /** How the variants of one function do */
  readonly getExperiment: {
    readonly asked: { readonly params: { readonly function: string }; readonly query?: { readonly metric?: string } };
    readonly answer: {
      readonly function: string;
      readonly experiment: 'static' | 'track_and_stop' | 'thompson';
      readonly variants: readonly {
        readonly variant: string;
        readonly role: 'candidate' | 'fallback' | 'other';
        readonly share: number;
        readonly inferences: number;
        readonly failures: number;
        readonly from_rules: number;
        readonly from_cache: number;
        readonly cost: number;
        readonly mean_latency?: number;
        readonly p95_latency?: number;
      }[];
      readonly metrics: readonly {
        readonly metric: string;
        readonly type: 'boolean' | 'float';
        readonly optimize: 'max' | 'min';
        readonly level: 'inference' | 'episode';
        readonly role: 'goal' | 'guardrail' | 'other';
        readonly arms: readonly {
          readonly variant: string;
          readonly n: number;
          readonly mean?: number;
          readonly interval?: { readonly low: number; readonly high: number; readonly holds: 'exactly' | 'asymptotically' };
          readonly per_dollar?: number;
          readonly course: readonly {
            readonly at: number;
            readonly n: number;
            readonly mean: number;
            readonly low?: number;
            readonly high?: number;
          }[];
        }[];
        readonly winner?: string;
        readonly verdict: 'undecided' | 'winner' | 'blocked';
        readonly says: string;
        readonly missing?: number;
      }[];
    };
  };
  /** Films in plain figures */
  readonly getFilmFigures: {
    readonly asked: {};
    readonly answer: {
      readonly at: string;
      readonly videos_last_hour: number;
      readonly videos_last_day: number;
      readonly average_score: number | null;
      readonly average_time_seconds: number | null;
      readonly cost_last_day: number;
      readonly average_cost: number | null;
      readonly error_rate: number | null;
      readonly queue: { readonly running: number; readonly waiting: number; readonly queued: number };
    };
  };
  /** A plan that was handed in, in its normal form */
  readonly getPlan: {
    readonly asked: { readonly params: { readonly plan_id: string }; readonly query?: { readonly project_id?: string } };
    readonly answer: {
      readonly plan_id: string;
      readonly project_id: string;
      readonly workflow: string;
      readonly created_at: string;
      readonly created_by: string;
      readonly signed_by?: string;
      readonly steps: readonly {
        readonly id: string;
        readonly kind: string;
        readonly worker?: string;
        readonly dependencies: readonly string[];
      }[];
      readonly agents: readonly {
        readonly agent?: string;
        readonly capability?: string;
        readonly actions: readonly string[];
        readonly known: boolean;
      }[];
      readonly estimate: {
        readonly currency: 'USD';
        readonly at_most?: number;
        readonly on_limit?: 'degrade' | 'ask' | 'stop';
        readonly earlier?: { readonly runs: number; readonly mean: number; readonly most: number };
        readonly attempts_at_most?: number;
        readonly unknown: readonly string[];
      };
      readonly plan: Readonly<Record<string, unknown>>;
    };
  };
  /** What a workflow asks just now */
  readonly getQuestions: {
    readonly asked: { readonly params: { readonly id: string } };
    readonly answer: { readonly workflow_id: string; readonly questions: readonly Question[] };
  };
  /** How a workflow stands */
  readonly getWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly query?: { readonly fields?: string } };
    readonly answer: WorkflowState;
  };
  /** Say how good an inference or an episode was */
  readonly giveFeedback: {
    readonly asked: {
      readonly body: {
        readonly metric_name: string;
        readonly value: boolean | number | string | null | readonly unknown[] | Readonly<Record<string, unknown>>;
        readonly inference_id?: string;
        readonly episode_id?: string;
        readonly tags?: Readonly<Record<string, string>>;
        readonly dryrun?: boolean;
      };
    };
    readonly answer: { readonly feedback_id: string };
  };
  /** The same in a word */
  readonly health: { readonly asked: {}; readonly answer: Health };
  /** Ask a function, or a model as it is */
  readonly infer: {
    readonly asked: {
      readonly body: {
        readonly function_name?: string;
        readonly model_name?: string;
        readonly input: {
          readonly system?: string | Readonly<Record<string, unknown>>;
          readonly messages: readonly {
            readonly role: 'user' | 'assistant';
            readonly content:
              | string
              | readonly (
                  | { readonly type: 'text'; readonly text: string }
                  | { readonly type: 'text'; readonly arguments: Readonly<Record<string, unknown>> }
                  | {
                      readonly type: 'tool_call';
                      readonly id: string;
                      readonly name: string;
                      readonly arguments: string | Readonly<Record<string, unknown>>;
                    }
                  | {
                      readonly type: 'tool_result';
                      readonly id: string;
                      readonly name?: string;
                      readonly result: string | Readonly<Record<string, unknown>>;
                    }
                )[]
              | Readonly<Record<string, unknown>>;
          }[];
        };
        readonly episode_id?: string;
        readonly variant_name?: string;
        readonly stream?: boolean;
        readonly params?: {
          readonly chat_completion?: {
            readonly temperature?: number;
            readonly top_p?: number;
            readonly presence_penalty?: number;
            readonly frequency_penalty?: number;
            readonly seed?: number;
            readonly max_tokens?: number;
            readonly stop_sequences?: readonly string[];
          };
        };
        readonly tags?: Readonly<Record<string, string>>;
        readonly dryrun?: boolean;
        readonly cache_options?: { readonly enabled?: 'off' | 'on' | 'read_only' | 'write_only'; readonly ttl_s?: number };
        readonly output_schema?: Readonly<Record<string, unknown>>;
        readonly additional_tools?: readonly {
          readonly name: string;
          readonly description?: string;
          readonly parameters: Readonly<Record<string, unknown>>;
          readonly strict?: boolean;
        }[];
        readonly tool_choice?: 'none' | 'auto' | 'required' | { readonly specific: string };
        readonly credentials?: Readonly<Record<string, string>>;
      };
    };
    readonly answer: {
      readonly inference_id: string;
      readonly episode_id: string;
      readonly variant_name: string;
      readonly content?: readonly (
        | { readonly type: 'text'; readonly text: string }
        | {
            readonly type: 'tool_call';
            readonly id: string;
            readonly name: string;
            readonly arguments: unknown;
            readonly raw_arguments: string;
          }
      )[];
      readonly output?: { readonly raw: string; readonly parsed: unknown };
      readonly source: 'model' | 'rules' | 'cache';
      readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly cost: number };
      readonly finish_reason?: 'stop' | 'length' | 'content_filter' | 'tool_call' | 'unknown';
    };
  };
  /** Whether the process lives */
  readonly isAlive: { readonly asked: {}; readonly answer: { readonly is: 'alive' } };
  /** Whether it takes work */
  readonly isReady: { readonly asked: {}; readonly answer: { readonly is: 'ready' | 'not ready' | 'draining' } };
  /** A ticket that opens one live connection, within half a minute */
  readonly issueLiveTicket: { readonly asked: {}; readonly answer: LiveTicket };
  /** Agents that are registered */
  readonly listAgents: {
    readonly asked: { readonly query?: { readonly capability?: string } };
    readonly answer: { readonly agents: readonly Agent[] };
  };
  /** Steps that failed for good, with what it takes to try them again */
  readonly listDeadLetters: {
    readonly asked: {
      readonly query?: { readonly project_id?: string; readonly workflow?: string; readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: DeadLetterPage;
  };
  /** How the variants of every function do, with intervals that hold at any look */
  readonly listExperiments: {
    readonly asked: { readonly query?: { readonly metric?: string } };
    readonly answer: {
      readonly experiments: readonly {
        readonly function: string;
        readonly experiment: 'static' | 'track_and_stop' | 'thompson';
        readonly variants: readonly {
          readonly variant: string;
          readonly role: 'candidate' | 'fallback' | 'other';
          readonly share: number;
          readonly inferences: number;
          readonly failures: number;
          readonly from_rules: number;
          readonly from_cache: number;
          readonly cost: number;
          readonly mean_latency?: number;
          readonly p95_latency?: number;
        }[];
        readonly metrics: readonly {
          readonly metric: string;
          readonly type: 'boolean' | 'float';
          readonly optimize: 'max' | 'min';
          readonly level: 'inference' | 'episode';
          readonly role: 'goal' | 'guardrail' | 'other';
          readonly arms: readonly {
            readonly variant: string;
            readonly n: number;
            readonly mean?: number;
            readonly interval?: { readonly low: number; readonly high: number; readonly holds: 'exactly' | 'asymptotically' };
            readonly per_dollar?: number;
            readonly course: readonly {
              readonly at: number;
              readonly n: number;
              readonly mean: number;
              readonly low?: number;
              readonly high?: number;
            }[];
          }[];
          readonly winner?: string;
          readonly verdict: 'undecided' | 'winner' | 'blocked';
          readonly says: string;
          readonly missing?: number;
        }[];
      }[];
    };
  };
  /** What can be asked as a model: functions, and models as they are */
  readonly listModels: {
    readonly asked: {};
    readonly answer: {
      readonly object: 'list';
      readonly data: readonly { readonly id: string; readonly object: 'model'; readonly created: number; readonly owned_by: string }[];
    };
  };
  /** Plans that were handed in, newest first */
  readonly listPlans: {
    readonly asked: { readonly query?: { readonly project_id?: string; readonly limit?: number } };
    readonly answer: {
      readonly plans: readonly {
        readonly plan_id: string;
        readonly project_id: string;
        readonly workflow: string;
        readonly created_at: string;
        readonly created_by: string;
        readonly signed_by?: string;
      }[];
    };
  };
  /** Workflows of a project, newest first */
  readonly listProjectWorkflows: {
    readonly asked: {
      readonly params: { readonly id: string };
      readonly query?: {
        readonly status?: string;
        readonly workflow?: string;
        readonly from?: string;
        readonly cursor?: string;
        readonly limit?: number;
      };
    };
    readonly answer: WorkflowPage;
  };
  /** What workflows of the key’s projects ask just now */
  readonly listQuestions: {
    readonly asked: {
      readonly query?: { readonly project_id?: string; readonly workflow?: string; readonly cursor?: string; readonly limit?: number };
    };
    readonly answer: QuestionPage;
  };
  /** Workflows that can be started by their names */
  readonly listWorkflowTypes: { readonly asked: {}; readonly answer: { readonly workflow_types: readonly WorkflowType[] } };
  /** Workflows of the key’s projects, newest first */
  readonly listWorkflows: {
    readonly asked: {
      readonly query?: {
        readonly project_id?: string;
        readonly status?: string;
        readonly workflow?: string;
        readonly from?: string;
        readonly cursor?: string;
        readonly limit?: number;
      };
    };
    readonly answer: WorkflowPage;
  };
  /** A URL that opens a blob or a stream without a key, for browsers */
  readonly makeLink: { readonly asked: { readonly body: LinkWishInput }; readonly answer: Link };
  /** Move a workflow to another version of its plan */
  readonly migrateWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly body: MigrateInput };
    readonly answer: WorkflowCommanded;
  };
  /** This interface, as an OpenAPI 3.1 document */
  readonly openapi: { readonly asked: {}; readonly answer: { readonly openapi: string } };
  /** Pause a workflow */
  readonly pauseWorkflow: { readonly asked: { readonly params: { readonly id: string } }; readonly answer: WorkflowCommanded };
  /** Have a plan made of a goal in words, and kept */
  readonly planFromGoal: {
    readonly asked: { readonly body: { readonly goal: string; readonly project_id?: string } };
    readonly answer: {
      readonly plan_id: string;
      readonly workflow: string;
      readonly steps: readonly {
        readonly id: string;
        readonly kind: string;
        readonly worker?: string;
        readonly dependencies: readonly string[];
      }[];
      readonly agents: readonly {
        readonly agent?: string;
        readonly capability?: string;
        readonly actions: readonly string[];
        readonly known: boolean;
      }[];
      readonly estimate: {
        readonly currency: 'USD';
        readonly at_most?: number;
        readonly on_limit?: 'degrade' | 'ask' | 'stop';
        readonly earlier?: { readonly runs: number; readonly mean: number; readonly most: number };
        readonly attempts_at_most?: number;
        readonly unknown: readonly string[];
      };
      readonly project_id: string;
      readonly signed_by?: string;
      readonly needs_signature: boolean;
      readonly plan: Readonly<Record<string, unknown>>;
    };
  };
  /** Bring bytes: the body as it is, with its media type */
  readonly putBlob: {
    readonly asked: { readonly query?: { readonly project_id?: string } };
    readonly answer: { readonly blob: string; readonly bytes: number; readonly type: string; readonly project_id: string };
  };
  /** Close an agent’s circuit on this node, and forget its failures */
  readonly resetAgent: { readonly asked: { readonly params: { readonly id: string } }; readonly answer: Agent };
  /** Let a paused workflow go on */
  readonly resumeWorkflow: { readonly asked: { readonly params: { readonly id: string } }; readonly answer: WorkflowCommanded };
  /** Try failed workflows again; each goes on or is refused by itself */
  readonly retryDeadLetters: { readonly asked: { readonly body: RetryDeadLettersInput }; readonly answer: RetriedDeadLetters };
  /** Try again what failed */
  readonly retryWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly body?: { readonly step?: string } | null };
    readonly answer: WorkflowCommanded;
  };
  /** How the server stands, and all that it stands on */
  readonly serverStatus: { readonly asked: {}; readonly answer: ServerStatus };
  /** Send a workflow a signal */
  readonly signalWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly body: SignalInput };
    readonly answer: WorkflowCommanded;
  };
  /** Give a step its result by hand */
  readonly skipStep: {
    readonly asked: { readonly params: { readonly id: string }; readonly body: SkipInput };
    readonly answer: WorkflowCommanded;
  };
  /** Start up to a thousand workflows; each is accepted or refused by itself */
  readonly startBatch: { readonly asked: { readonly body: StartBatchInput }; readonly answer: BatchOutcome };
  /** Start the workflow of a webhook with a signed JSON body as its input */
  readonly startByWebhook: {
    readonly asked: { readonly params: { readonly name: string } };
    readonly answer: { readonly workflow_id: string; readonly workflow: string; readonly project_id: string };
  };
  /** Start a registered workflow in a project */
  readonly startProjectWorkflow: {
    readonly asked: { readonly params: { readonly id: string; readonly type: string }; readonly body: StartProjectWorkflowInput };
    readonly answer: AcceptedWorkflow;
  };
  /** Start a workflow */
  readonly startWorkflow: { readonly asked: { readonly body: StartWorkflowInput }; readonly answer: AcceptedWorkflow };
  /** What the runs of a project do from now on */
  readonly streamProject: {
    readonly asked: { readonly params: { readonly id: string }; readonly query?: { readonly link?: string } };
    readonly answer: Blob;
  };
  /** Every event of a run after a cursor, then as they happen, until it has ended */
  readonly streamWorkflow: {
    readonly asked: { readonly params: { readonly id: string }; readonly query?: { readonly cursor?: string; readonly link?: string } };
    readonly answer: Blob;
  };
  /** Hand in a plan: it is checked, priced and kept, and may be started by its id */
  readonly submitPlan: {
    readonly asked: {
      readonly body: {
        readonly plan: Readonly<Record<string, unknown>>;
        readonly project_id?: string;
        readonly signature?: { readonly signer: string; readonly value: string };
      };
    };
    readonly answer: {
      readonly plan_id: string;
      readonly workflow: string;
      readonly steps: readonly {
        readonly id: string;
        readonly kind: string;
        readonly worker?: string;
        readonly dependencies: readonly string[];
      }[];
      readonly agents: readonly {
        readonly agent?: string;
        readonly capability?: string;
        readonly actions: readonly string[];
        readonly known: boolean;
      }[];
      readonly estimate: {
        readonly currency: 'USD';
        readonly at_most?: number;
        readonly on_limit?: 'degrade' | 'ask' | 'stop';
        readonly earlier?: { readonly runs: number; readonly mean: number; readonly most: number };
        readonly attempts_at_most?: number;
        readonly unknown: readonly string[];
      };
      readonly project_id: string;
      readonly signed_by?: string;
      readonly needs_signature: boolean;
    };
  };
  /** Make a film of a sentence, with everything as usual */
  readonly trigger: { readonly asked: { readonly body: TriggerInput }; readonly answer: AcceptedFilm };
  /** Check and price a plan without keeping it; everything that is wrong with it is told at once */
  readonly validatePlan: {
    readonly asked: { readonly body: { readonly plan: Readonly<Record<string, unknown>>; readonly project_id?: string } };
    readonly answer:
      | {
          readonly valid: true;
          readonly plan_id: string;
          readonly workflow: string;
          readonly steps: readonly {
            readonly id: string;
            readonly kind: string;
            readonly worker?: string;
            readonly dependencies: readonly string[];
          }[];
          readonly agents: readonly {
            readonly agent?: string;
            readonly capability?: string;
            readonly actions: readonly string[];
            readonly known: boolean;
          }[];
          readonly estimate: {
            readonly currency: 'USD';
            readonly at_most?: number;
            readonly on_limit?: 'degrade' | 'ask' | 'stop';
            readonly earlier?: { readonly runs: number; readonly mean: number; readonly most: number };
            readonly attempts_at_most?: number;
            readonly unknown: readonly string[];
          };
          readonly canonical: string;
        }
      | { readonly valid: false; readonly problems: readonly { readonly path: string; readonly problem: string; readonly mend: string }[] };
  };
  /** How a film stands */
  readonly videoStatus: { readonly asked: { readonly params: { readonly id: string } }; readonly answer: FilmStatus };
}

/** Where each operation is. */
export const operations: { readonly [name in keyof Operations]: readonly [method: string, path: string] } = {
  answerQuestion: ['POST', '/api/v1/workflows/{id}/answer'],
  askLearningAgents: ['POST', '/api/agents'],
  bringBlob: ['POST', '/api/v1/blobs'],
  cancelWorkflow: ['DELETE', '/api/v1/workflows/{id}'],
  costs: ['GET', '/api/v1/costs'],
  createChatCompletion: ['POST', '/openai/v1/chat/completions'],
  docs: ['GET', '/docs'],
  explainError: ['GET', '/errors/{code}'],
  fetchBlob: ['POST', '/api/v1/blobs/from-url'],
  followAgents: ['GET', '/ws/agents'],
  followWorkflow: ['GET', '/ws/workflows/{id}'],
  forkWorkflow: ['POST', '/api/v1/workflows/{id}/fork'],
  generateVideo: ['POST', '/api/generate_video'],
  getAgentStatus: ['GET', '/api/v1/agents/{id}/status'],
  getBlob: ['GET', '/api/v1/blobs/{blob}'],
  getBlobOfWorkflow: ['GET', '/api/v1/workflows/{id}/blobs/{blob}'],
  getEvents: ['GET', '/api/v1/workflows/{id}/events'],
  getExperiment: ['GET', '/api/v1/experiments/{function}'],
  getFilmFigures: ['GET', '/api/metrics'],
  getPlan: ['GET', '/api/v1/plans/{plan_id}'],
  getQuestions: ['GET', '/api/v1/workflows/{id}/questions'],
  getWorkflow: ['GET', '/api/v1/workflows/{id}'],
  giveFeedback: ['POST', '/feedback'],
  health: ['GET', '/health'],
  infer: ['POST', '/inference'],
  isAlive: ['GET', '/livez'],
  isReady: ['GET', '/readyz'],
  issueLiveTicket: ['POST', '/api/v1/live/tickets'],
  listAgents: ['GET', '/api/v1/agents'],
  listDeadLetters: ['GET', '/api/v1/dead-letters'],
  listExperiments: ['GET', '/api/v1/experiments'],
  listModels: ['GET', '/openai/v1/models'],
  listPlans: ['GET', '/api/v1/plans'],
  listProjectWorkflows: ['GET', '/api/v1/projects/{id}/workflows'],
  listQuestions: ['GET', '/api/v1/questions'],
  listWorkflowTypes: ['GET', '/api/v1/workflow-types'],
  listWorkflows: ['GET', '/api/v1/workflows'],
  makeLink: ['POST', '/api/v1/links'],
  migrateWorkflow: ['POST', '/api/v1/workflows/{id}/migrate'],
  openapi: ['GET', '/openapi.json'],
  pauseWorkflow: ['PUT', '/api/v1/workflows/{id}/pause'],
  planFromGoal: ['POST', '/api/v1/plans/from-goal'],
  putBlob: ['PUT', '/api/v1/blobs'],
  resetAgent: ['POST', '/api/v1/agents/{id}/reset'],
  resumeWorkflow: ['PUT', '/api/v1/workflows/{id}/resume'],
  retryDeadLetters: ['POST', '/api/v1/dead-letters/retry'],
  retryWorkflow: ['POST', '/api/v1/workflows/{id}/retry'],
  serverStatus: ['GET', '/status'],
  signalWorkflow: ['POST', '/api/v1/workflows/{id}/signal'],
  skipStep: ['POST', '/api/v1/workflows/{id}/skip'],
  startBatch: ['POST', '/api/v1/workflows/batch'],
  startByWebhook: ['POST', '/api/v1/hooks/{name}'],
  startProjectWorkflow: ['POST', '/api/v1/projects/{id}/workflows/{type}'],
  startWorkflow: ['POST', '/api/v1/workflows'],
  streamProject: ['GET', '/api/v1/projects/{id}/stream'],
  streamWorkflow: ['GET', '/api/v1/workflows/{id}/stream'],
  submitPlan: ['POST', '/api/v1/plans'],
  trigger: ['POST', '/trigger'],
  validatePlan: ['POST', '/api/v1/plans/validate'],
  videoStatus: ['GET', '/api/status/{id}'],
};
