/**
 * Runs that are started from outside by a signed message.
 *
 * H1. Without the secret nobody learns whether there is a webhook of that name: both are refused alike, for the same work.
 * H2. A message counts once, on whatever node it comes in, and only within minutes of its sending. Its run has an id of
 *     its own, so that one whose start went wrong may come again, and two that come at once are one run.
 * H3. With the same `X-Continuo-Delivery` a message that is signed anew starts the same run.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import { hashOf } from '../access/key-text.ts';
import { stampOf, type MessageStamp } from '../access/signed-message.ts';
import type { App } from '../http/app.ts';
import { readJson } from '../http/strict-json.ts';
import type { ServerParts, Webhook } from '../parts.ts';
import { mustOwnBlobs } from './blob-access.ts';

const tolerance = 300_000;

const headers = z.object({
  'x-continuo-signature': z.string().max(1000).optional(),
  'x-continuo-delivery': z
    .string()
    .regex(/^[\w.:-]{1,128}$/)
    .optional(),
});

export async function hookRoutes(app: App, parts: ServerParts): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The signature is over the bytes.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    hookRoute(scope, parts);
  });
}

function hookRoute(app: App, parts: ServerParts): void {
  const hooks = new Map(parts.settings.webhooks?.map((hook) => [hook.name, hook]));
  // What nobody can sign with.
  const noSecret = randomBytes(32).toString('hex');
  app.post('/api/v1/hooks/:name', {
    config: { access: { open: 'signed by a shared secret' }, audit: 'webhook.start' },
    schema: {
      tags: ['plans'],
      summary: 'Start the workflow of a webhook with a signed JSON body as its input',
      description:
        '`X-Continuo-Signature: t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`, not older than five minutes. ' +
        'Each signature counts once; `X-Continuo-Delivery` makes deliveries that are signed anew start one run.',
      operationId: 'startByWebhook',
      params: z.strictObject({ name: z.string().max(128) }),
      headers,
      response: { 202: z.strictObject({ workflow_id: z.string(), workflow: z.string(), project_id: z.string() }) },
    },
    handler: async (request, reply) => {
      const hook = hooks.get(request.params.name);
      // The parser above gives bytes; a request without a body has none.
      const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
      const stamp = stampOf(request.headers['x-continuo-signature'], body, hook?.secret ?? noSecret);
      if (hook === undefined || stamp === undefined)
        throw new ContinuoError('SIGNATURE_INVALID', 'there is no webhook of that name with such a signature');
      const { message, until } = await fresh(hook, stamp, parts);
      const run = await start(hook, message, body, request.headers['x-continuo-delivery'], parts);
      if (!(await parts.backend.access.nonces.first(message, until, parts.clock.now()))) throw cameBefore();
      request.noted = { who: `webhook:${hook.name}`, run, project: hook.project };
      return reply.code(202).send({ workflow_id: run, workflow: hook.workflow, project_id: hook.project });
    },
  });
}

interface FreshMessage {
  /** What it is called as long as it might come again. */
  readonly message: string;
  readonly until: number;
}

/** H2 */
async function fresh({ name }: Webhook, { at, value }: MessageStamp, { backend, clock }: ServerParts): Promise<FreshMessage> {
  const now = clock.now();
  if (Math.abs(now - at) > tolerance)
    throw new ContinuoError('MESSAGE_REPLAYED', 'the message was signed more than five minutes ago, or ahead');
  const message = `hook/${name}/${value}`;
  // To ask is to be first for no time at all.
  if (!(await backend.access.nonces.first(message, now, now))) throw cameBefore();
  // Past its time the signature is too old anyway.
  return { message, until: at + 2 * tolerance };
}

const cameBefore = (): ContinuoError => new ContinuoError('MESSAGE_REPLAYED', 'a message with this signature came before');

async function start(
  { name, workflow, project }: Webhook,
  message: string,
  body: Buffer,
  delivery: string | undefined,
  parts: ServerParts,
): Promise<string> {
  const input = body.length === 0 ? null : readJson(body);
  await mustOwnBlobs({ who: `webhook:${name}`, id: name, scopes: ['run'], projects: [project] }, input, parts);
  const run = await parts.orchestrator.start(workflow, input, {
    id: `hook-${hashOf(message).slice(0, 32)}`,
    project,
    by: `webhook:${name}`,
    ...(delivery === undefined ? {} : { idempotencyKey: `webhook/${name}/${delivery}` }),
  });
  return run.id;
}
