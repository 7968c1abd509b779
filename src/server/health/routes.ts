/**
 * The health routes in the server itself. Probes need no key, and are told in a word how it stands: why, and what it
 * stands on, is for whoever may look at everything, and where things lie on the machine for nobody.
 */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { Watch } from './watch.ts';
import type { Status, Watched } from './watched.ts';

const tags = ['server'];
const standing = z.object({ is: z.enum(['ready', 'not ready', 'draining']) });
const health = z.object({ status: z.enum(['ok', 'draining', 'unavailable']) }).meta({ id: 'Health', example: { status: 'ok' } });
const status = z
  .looseObject({
    is: standing.shape.is,
    reasons: z.array(z.string()).readonly().meta({ description: 'Why it takes no work; empty when it does.' }),
    name: z.string(),
    role: z.enum(['engine', 'worker']),
    version: z.string(),
    startedAt: z.number(),
    now: z.number(),
    hindered: z.array(z.string()).readonly().meta({ description: 'What it cannot do while parts are away, and what goes on.' }),
    inHand: z.int().meta({ description: 'Attempts that agents of this process are at.' }),
    lateness: z.number().meta({ description: 'By how many milliseconds the event loop was late at worst, of late.' }),
    unheard: z.array(z.string()).readonly(),
  })
  .meta({ id: 'ServerStatus' });

const words = { ready: 'ok', draining: 'draining', 'not ready': 'unavailable' } as const;

export async function healthRoutes(app: App, parts: ServerParts): Promise<void> {
  const watched = parts.watched ?? itself(parts);
  const watch = new Watch(watched);
  app.addHook('onClose', async () => watch.close());
  const open = (why: string) => ({ access: { open: why }, uncounted: true }) as const;
  app.get(
    '/livez',
    {
      config: open('probes have no key'),
      schema: {
        tags,
        operationId: 'isAlive',
        summary: 'Whether the process lives',
        response: { 200: z.object({ is: z.literal('alive') }) },
      },
    },
    async () => ({ is: 'alive' as const }),
  );
  app.get(
    '/readyz',
    {
      config: open('probes have no key'),
      schema: { tags, operationId: 'isReady', summary: 'Whether it takes work', response: { 200: standing, 503: standing } },
    },
    async (_request, reply) => {
      const { is } = await watch.readiness();
      return reply.code(is === 'ready' ? 200 : 503).send({ is });
    },
  );
  app.get(
    '/health',
    {
      config: open('probes have no key'),
      schema: { tags, operationId: 'health', summary: 'The same in a word', response: { 200: health, 503: health } },
    },
    async (_request, reply) => {
      const { is } = await watch.readiness();
      return reply.code(is === 'ready' ? 200 : 503).send({ status: words[is] });
    },
  );
  app.get(
    '/status',
    {
      config: { access: { scope: 'read', of: 'all' } },
      schema: { tags, operationId: 'serverStatus', summary: 'How the server stands, and all that it stands on', response: { 200: status } },
    },
    async () => withoutPlaces(await watch.status(), watched.backend.location),
  );
}

function itself({ backend, version, clock, draining, orchestrator }: ServerParts): Watched {
  return { role: 'engine', version, name: 'server', startedAt: clock.now(), backend, agents: () => orchestrator.agents(), draining };
}

/** Without the folder or the address of the store, also where an error names it. */
function withoutPlaces(
  { store, reasons, unheard, ...rest }: Status,
  location: string,
): Omit<Status, 'store'> & { readonly store: { readonly name: string } } {
  const told = (text: string): string => text.replaceAll(`(${location})`, '').replaceAll(location, store.name).replaceAll('  ', ' ');
  return { ...rest, store: { name: store.name }, reasons: reasons.map(told), unheard: unheard.map(told) };
}
