/** What somebody says of an inference or an episode: checked at the door, then kept. */
import type { Json } from '../core/data/json.ts';
import { closest } from '../core/data/text.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { InferenceRecord, Ledger } from '../ports/ledger.ts';
import type { GatewayConfig, MetricConfig } from './config/model.ts';
import { plain, type Judge } from './conversation.ts';
import { idOf } from './inference-record.ts';
import type { Recorder } from './recorder.ts';

export interface Feedback {
  /** A metric of the configuration, `comment`, or `demonstration` (what the output ought to have been). */
  readonly metric: string;
  readonly value: unknown;
  /** One of both. */
  readonly inferenceId?: string;
  readonly episodeId?: string;
  readonly project?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly dryrun?: boolean;
  /** The same key is the same feedback. */
  readonly idempotencyKey?: string;
}

interface FeedbackParts {
  readonly config: GatewayConfig;
  readonly ledger: Ledger;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly judge: Judge;
  readonly newId: () => string;
}

export async function saveFeedback(parts: FeedbackParts, feedback: Feedback): Promise<{ readonly feedbackId: string }> {
  const { metric, inferenceId, episodeId } = feedback;
  const value = plain(feedback.value, `the value of ${metric}`);
  const wanted = levelOf(parts.config, metric);
  const given = inferenceId === undefined ? 'episode' : 'inference';
  if ((inferenceId === undefined) === (episodeId === undefined))
    throw invalid(metric, 'it is for an inference or for an episode: give the id of one');
  if (wanted !== 'either' && wanted !== given) throw invalid(metric, `it is given at the level of an ${wanted}, not of an ${given}`);
  const target = inferenceId === undefined ? undefined : await inferenceNamed(parts, inferenceId);
  checkValue(parts, metric, value, target);
  const project =
    feedback.project ?? target?.project ?? (episodeId === undefined ? undefined : await projectOfEpisode(parts, episodeId)) ?? 'default';
  const id = feedback.idempotencyKey === undefined ? parts.newId() : idOf('feedback', project, feedback.idempotencyKey);
  if (feedback.dryrun === true) return { feedbackId: id };
  const record = {
    id,
    at: parts.clock.now(),
    project,
    metric,
    value,
    ...(inferenceId === undefined ? {} : { inference: inferenceId }),
    ...(episodeId === undefined ? {} : { episode: episodeId }),
    tags: feedback.tags ?? {},
  };
  await parts.recorder.write([{ is: 'feedback', record }]);
  return { feedbackId: id };
}

function levelOf({ metrics }: GatewayConfig, metric: string): 'inference' | 'episode' | 'either' {
  if (metric === 'comment') return 'either';
  if (metric === 'demonstration') return 'inference';
  return metricNamed(metrics, metric).level;
}

function metricNamed(metrics: GatewayConfig['metrics'], name: string): MetricConfig {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (metric !== undefined) return metric;
  const names = [...Object.keys(metrics), 'comment', 'demonstration'];
  const near = closest(name, names);
  throw new ContinuoError(
    'METRIC_UNKNOWN',
    `there is no metric ${JSON.stringify(name)}${near === undefined ? '' : ` (${near}?)`}; there are ${names.join(', ')}`,
  );
}

async function inferenceNamed({ recorder }: FeedbackParts, id: string): Promise<InferenceRecord> {
  const inference = await recorder.inference(id);
  if (inference !== undefined) return inference;
  throw new ContinuoError('INFERENCE_UNKNOWN', `there is no inference ${JSON.stringify(id)} in the ledger`);
}

/** An episode may be judged before anything was inferred in it: a run that failed early, say. */
export async function projectOfEpisode(
  { recorder, ledger }: Pick<FeedbackParts, 'recorder' | 'ledger'>,
  episode: string,
): Promise<string | undefined> {
  const [first] = await ledger.inferences({ episode, limit: 1 });
  return (first ?? recorder.inEpisode(episode))?.project;
}

function checkValue({ config, judge }: FeedbackParts, metric: string, value: Json, target: InferenceRecord | undefined): void {
  if (metric === 'comment') {
    if (typeof value !== 'string') throw invalid(metric, `it takes text, not ${JSON.stringify(value)}`);
    return;
  }
  if (metric === 'demonstration') {
    const fn = target === undefined ? undefined : config.functions[target.function];
    if (fn === undefined) return;
    if (fn.type === 'chat' && typeof value !== 'string')
      throw invalid(metric, `function ${fn.name} answers with text, and this is not text`);
    const problems = fn.output === undefined ? [] : judge(fn.output, value);
    if (problems.length > 0)
      throw invalid(
        metric,
        `it does not fit what function ${fn.name} answers: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
      );
    return;
  }
  const { type } = metricNamed(config.metrics, metric);
  if (type === 'boolean' && typeof value !== 'boolean') throw invalid(metric, `it takes true or false, not ${JSON.stringify(value)}`);
  if (type === 'float' && typeof value !== 'number') throw invalid(metric, `it takes a number, not ${JSON.stringify(value)}`);
}

function invalid(metric: string, why: string): ContinuoError {
  return new ContinuoError('FEEDBACK_INVALID', `feedback on ${metric}: ${why}`);
}
