/** `agent:learning`: what a learner's client asks over its socket. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { hasScope } from '../access/principal.ts';
import { mustOwnBlobs } from '../plans/blob-access.ts';
import { projectFor } from '../access/project-for.ts';
import type { ServerParts } from '../parts.ts';
import type { ClientSocket } from './post.ts';

const request = z.strictObject({
  action: z.string().min(1).max(100),
  learnerId: z.string().min(1).max(200),
  data: z.json().default(null),
  project_id: z.string().min(1).max(128).optional(),
});

/** Answers with what the agents say; where they want a tutor, the client hears of that too. */
export async function askLearning(parts: ServerParts, socket: ClientSocket, asked: unknown): Promise<object> {
  const { systems, auditor, clock, draining } = parts;
  const { principal } = socket.data;
  if (draining()) throw new ContinuoError('ENGINE_CLOSED', 'the server was told to end, and begins nothing new');
  if (!hasScope(principal, 'run'))
    throw new ContinuoError('ACCESS_DENIED', `this key has the scopes ${principal.scopes.join(', ')}; learning takes run`);
  const read = request.safeParse(asked);
  if (!read.success) throw new ContinuoError('REQUEST_INVALID', z.prettifyError(read.error));
  if (systems.learning === undefined)
    throw new ContinuoError('NOT_MOUNTED', 'no learning system is mounted on this server: `continuo serve` brings none along');
  const { action, learnerId, data, project_id: said } = read.data;
  const project = projectFor(principal, said);
  await mustOwnBlobs(principal, read.data, parts);
  const response = await systems.learning.handle({ action, learnerId, data }, { project, principal });
  const details = JSON.stringify({ action, learner: learnerId });
  await auditor?.note({ at: clock.now(), who: principal.who, what: 'learning.ask', project, details });
  const { requiresTutorIntervention, interventionReason, context } = fieldsOf(response);
  if (requiresTutorIntervention === true)
    socket.emit('tutor:intervention:required', { reason: interventionReason ?? null, context: context ?? null });
  return typeof response === 'object' && response !== null ? response : { response };
}

function fieldsOf(response: Json): { readonly [name: string]: Json } {
  if (typeof response !== 'object' || response === null || Array.isArray(response)) return {};
  // Not a list, as was just seen; narrowing does not know it of a readonly one.
  return response as { readonly [name: string]: Json };
}
