/** Films: asked for in a sentence, looked at until they are there. */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { mustHaveRoom } from '../http/limits.ts';
import type { ServerParts } from '../parts.ts';
import { acceptFilm, mountedFilms } from './film-orders.ts';
import { filmStatusOf } from './film-status.ts';

const projectName = z.string().min(1).max(128);

const filmRequestBody = z
  .strictObject({
    project_description: z.string().trim().min(1).max(2000).meta({ description: 'What the film is about, in a sentence.' }),
    content_mode: z.enum(['adult', 'kid']).default('adult').meta({ description: 'Who watches.' }),
    target_duration: z.number().min(20).max(300).default(60).meta({ description: 'Seconds.' }),
    quality_mode: z.enum(['draft', 'standard', 'high']).default('standard'),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
    aspect: z.enum(['9:16', '16:9', '1:1']).default('9:16'),
    template: z.enum(['tiktok-bold', 'clean', 'karaoke']).default('tiktok-bold'),
    voice: z.string().min(1).max(100).optional(),
    project_id: projectName.optional(),
    idempotency_key: z.string().min(1).max(200).optional(),
  })
  .meta({
    id: 'FilmOrder',
    example: {
      project_description: 'how to make paper airplanes',
      content_mode: 'kid',
      target_duration: 180,
      quality_mode: 'standard',
      priority: 'normal',
    },
  });

const triggerBody = z
  .strictObject({
    project: z.string().trim().min(1).max(2000).meta({ description: 'What the film is about, in a sentence.' }),
    project_id: projectName.optional(),
  })
  .meta({ id: 'Trigger', example: { project: 'paper airplane tutorial' } });

const acceptedFilm = z
  .object({
    job_id: z.string(),
    status: z.literal('queued'),
    project_id: z.string(),
    estimated_cost: z.number().meta({ description: 'Dollars, at most, besides what language models cost.' }),
    status_url: z.string(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'AcceptedFilm' });

const filmStatus = z
  .object({
    job_id: z.string(),
    project_id: z.string(),
    status: z.enum(['queued', 'processing', 'waiting', 'paused', 'completed', 'failed', 'cancelled']),
    progress: z.number().int().min(0).max(100),
    stage: z.string().optional(),
    created_at: z.string(),
    updated_at: z.string(),
    cost: z.number(),
    title: z.string().optional(),
    duration: z.number().optional(),
    score: z.number().optional(),
    rating: z.string().optional(),
    video_url: z.string().optional(),
    thumbnail_url: z.string().optional(),
    subtitles_url: z.string().optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'FilmStatus' });

/** A higher one goes first. */
const priorityOf = { low: -10, normal: 0, high: 10, urgent: 20 } as const;

const tags = ['films'];

export function filmRoutes(app: App, parts: ServerParts): void {
  const films = { name: 'films', perMinute: parts.settings.filmsPerMinute ?? 2 };
  app.post(
    '/api/generate_video',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'film.start' },
      schema: {
        tags,
        operationId: 'generateVideo',
        summary: 'Make a film of a sentence',
        body: filmRequestBody,
        response: { 202: acceptedFilm },
      },
    },
    async (request, reply) => {
      await mustHaveRoom(parts, request, films);
      const { body } = request;
      const { project_description: topic, content_mode: mode, target_duration: duration, quality_mode: quality, priority } = body;
      const { aspect, template, voice = null } = body;
      const asked = { topic, mode, duration, quality, aspect, template, voice };
      const how = { priority: priorityOf[priority], project: body.project_id, idempotencyKey: body.idempotency_key };
      return reply.code(202).send(await acceptFilm(parts, request, asked, how));
    },
  );
  app.post(
    '/trigger',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'film.start' },
      schema: {
        tags,
        operationId: 'trigger',
        summary: 'Make a film of a sentence, with everything as usual',
        body: triggerBody,
        response: { 202: acceptedFilm },
      },
    },
    async (request, reply) => {
      await mustHaveRoom(parts, request, films);
      const { project: topic, project_id: project } = request.body;
      return reply.code(202).send(await acceptFilm(parts, request, { topic }, { project }));
    },
  );
  app.get(
    '/api/status/:id',
    {
      config: { access: { scope: 'read', of: 'run' } },
      schema: {
        tags,
        operationId: 'videoStatus',
        summary: 'How a film stands',
        params: z.strictObject({ id: z.string().max(200) }),
        response: { 200: filmStatus },
      },
    },
    async ({ run }) => filmStatusOf(mountedFilms(parts), await parts.orchestrator.get(run.run)),
  );
}
