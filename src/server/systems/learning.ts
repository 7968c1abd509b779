/** What learners ask, handed to the learning system. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import { mustOwnBlobs } from '../plans/blob-access.ts';
import { projectFor } from '../access/project-for.ts';
import type { App } from '../http/app.ts';
import { jsonValue } from '../http/json-value.ts';
import type { ServerParts } from '../parts.ts';

const body = z
  .strictObject({
    action: z.string().min(1).max(100),
    learnerId: z.string().min(1).max(200),
    data: jsonValue.default(null),
    project_id: z.string().min(1).max(128).optional(),
  })
  .meta({
    id: 'LearnerRequest',
    example: { action: 'start_session', learnerId: 'learner_123', data: { subject: 'mathematics', gradeLevel: 5 } },
  });

export function learningRoutes(app: App, parts: ServerParts): void {
  const { systems } = parts;
  app.post(
    '/api/agents',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'learning.ask' },
      schema: {
        tags: ['learning'],
        operationId: 'askLearningAgents',
        summary: 'A session, an activity or a question of a learner',
        body,
        response: { 200: jsonValue },
      },
    },
    async (request) => {
      const { body: asked, principal } = request;
      const { action, learnerId, data, project_id: said } = asked;
      const project = projectFor(principal, said);
      if (systems.learning === undefined)
        throw new ContinuoError('NOT_MOUNTED', 'no learning system is mounted on this server: `continuo serve` brings none along');
      await mustOwnBlobs(principal, asked, parts);
      request.noted = { project, details: { action, learner: learnerId } };
      return systems.learning.handle({ action, learnerId, data }, { project, principal });
    },
  );
}
