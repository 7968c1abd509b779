/** `POST /feedback`: how good an inference or an episode was. */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { judgedProject } from './belonging.ts';
import { fields, id, name, tags, text } from './bounds.ts';
import { mountedGateway } from './mounted.ts';

const body = z
  .strictObject({
    metric_name: name.describe('A metric of the configuration, `comment`, or `demonstration`: what the output ought to have been.'),
    value: z.union([z.boolean(), z.number(), text, z.null(), z.array(z.unknown()).max(10_000), fields]),
    inference_id: id.optional(),
    episode_id: id.optional().describe('A run is an episode.'),
    tags: tags.optional(),
    dryrun: z.boolean().optional(),
  })
  .refine((given) => (given.inference_id === undefined) !== (given.episode_id === undefined), {
    message: 'give an inference_id or an episode_id, one of both',
  })
  .meta({ example: { metric_name: 'user_satisfaction', value: true, inference_id: '01a2002c-2b45-7fc8-95d0-57963dc2af6a' } });

export async function feedbackRoutes(app: App, parts: ServerParts): Promise<void> {
  app.post(
    '/feedback',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'feedback.give' },
      schema: {
        operationId: 'giveFeedback',
        tags: ['gateway'],
        summary: 'Say how good an inference or an episode was',
        body,
        response: { 200: z.strictObject({ feedback_id: z.string() }) },
      },
    },
    async (request) => {
      const { metric_name: metric, value, inference_id: inference, episode_id: episode = '', dryrun = false } = request.body;
      const gateway = await mountedGateway(parts);
      const { principal } = request;
      const project = await judgedProject(parts, gateway, principal, inference === undefined ? { episode } : { inference });
      const { project_id: _, ...others } = request.body.tags ?? {};
      const { feedbackId } = await gateway.feedback({
        metric,
        value,
        project,
        dryrun,
        tags: { ...others, api_key: principal.id },
        ...(inference === undefined ? { episodeId: episode } : { inferenceId: inference }),
      });
      return { feedback_id: feedbackId };
    },
  );
}
