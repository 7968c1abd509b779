/** How the experiments of the model gateway stand. They are over all projects. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { ArmReport, ExperimentReport, MetricReport } from '../../gateway/experiments/report.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';

const point = z.strictObject({ at: z.number(), n: z.number(), mean: z.number(), low: z.number().optional(), high: z.number().optional() });

const arm = z.strictObject({
  variant: z.string(),
  n: z.number(),
  mean: z.number().optional(),
  interval: z.strictObject({ low: z.number(), high: z.number(), holds: z.enum(['exactly', 'asymptotically']) }).optional(),
  per_dollar: z.number().optional(),
  course: z.array(point).describe('How it came to be so, oldest first.'),
});

const metric = z.strictObject({
  metric: z.string(),
  type: z.enum(['boolean', 'float']),
  optimize: z.enum(['max', 'min']),
  level: z.enum(['inference', 'episode']),
  role: z.enum(['goal', 'guardrail', 'other']),
  arms: z.array(arm),
  winner: z.string().optional().describe('Shown to be better than all others, at any look; absent while that is open.'),
  verdict: z.enum(['undecided', 'winner', 'blocked']),
  says: z.string().describe('The verdict in a sentence or two.'),
  missing: z.number().optional().describe('How many values each of the closest two still needs, if the difference stays as it is.'),
});

const experimentSchema = z.strictObject({
  function: z.string(),
  experiment: z.enum(['static', 'track_and_stop', 'thompson']),
  variants: z.array(
    z.strictObject({
      variant: z.string(),
      role: z.enum(['candidate', 'fallback', 'other']),
      share: z.number().describe('Of new episodes, from 0 to 1.'),
      inferences: z.number(),
      failures: z.number(),
      from_rules: z.number(),
      from_cache: z.number(),
      cost: z.number(),
      mean_latency: z.number().optional(),
      p95_latency: z.number().optional(),
    }),
  ),
  metrics: z.array(metric),
});

type Experiment = z.infer<typeof experimentSchema>;

const access = { scope: 'read', of: 'all' } as const;
const metricName = z.strictObject({ metric: z.string().min(1).max(128).optional() });
const tags = ['experiments'];

export async function experimentRoutes(app: App, { experiments }: ServerParts): Promise<void> {
  const ask = async (question: { readonly function?: string; readonly metric?: string | undefined }): Promise<Experiment[]> => {
    if (experiments === undefined)
      throw new ContinuoError('NOT_MOUNTED', 'no model gateway is configured on this server: start it with one');
    const { metric: name, ...rest } = question;
    try {
      return (await experiments({ ...rest, ...(name === undefined ? {} : { metric: name }) })).map(experimentOf);
    } catch (error) {
      // It names files of this machine.
      if (!(error instanceof ContinuoError) || error.code !== 'GATEWAY_CONFIG_INVALID') throw error;
      throw new ContinuoError('GATEWAY_CONFIG_INVALID', 'the configuration of the model gateway cannot be used; see it on the server');
    }
  };
  app.get('/api/v1/experiments', {
    config: { access },
    schema: {
      tags,
      summary: 'How the variants of every function do, with intervals that hold at any look',
      operationId: 'listExperiments',
      querystring: metricName,
      response: { 200: z.strictObject({ experiments: z.array(experimentSchema) }) },
    },
    handler: async ({ query }) => ({ experiments: await ask(query) }),
  });
  app.get('/api/v1/experiments/:function', {
    config: { access },
    schema: {
      tags,
      summary: 'How the variants of one function do',
      operationId: 'getExperiment',
      params: z.strictObject({ function: z.string().min(1).max(128) }),
      querystring: metricName,
      response: { 200: experimentSchema },
    },
    handler: async ({ params, query }) => {
      const [one] = await ask({ ...params, ...query });
      if (one !== undefined) return one;
      throw new ContinuoError('FUNCTION_UNKNOWN', `the gateway has no function ${JSON.stringify(params.function)}`);
    },
  });
}

function experimentOf({ function: fn, experiment, variants, metrics }: ExperimentReport): Experiment {
  return {
    function: fn,
    experiment,
    variants: variants.map(({ fromRules, fromCache, meanLatency, p95Latency, ...rest }) => ({
      ...rest,
      from_rules: fromRules,
      from_cache: fromCache,
      ...(meanLatency === undefined ? {} : { mean_latency: meanLatency }),
      ...(p95Latency === undefined ? {} : { p95_latency: p95Latency }),
    })),
    metrics: metrics.map(metricOf),
  };
}

function metricOf({ verdict, arms, ...rest }: MetricReport): Experiment['metrics'][number] {
  return { ...rest, arms: arms.map(armOf), verdict: verdict.is, ...(verdict.is === 'winner' ? { winner: verdict.variant } : {}) };
}

function armOf({ interval, perDollar, course, ...rest }: ArmReport): z.infer<typeof arm> {
  return {
    ...rest,
    course: course.map((one) => ({ ...one })),
    ...(interval === undefined ? {} : { interval: { ...interval } }),
    ...(perDollar === undefined ? {} : { per_dollar: perDollar }),
  };
}
