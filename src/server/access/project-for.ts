import { ContinuoError } from '../../core/errors.ts';
import { covers, type Principal } from './principal.ts';

/** The project that something is done in: the one that was said, or the only one of the key. */
export function projectFor(principal: Principal, said: string | undefined): string {
  const project = said ?? (principal.projects?.length === 1 ? principal.projects[0] : undefined) ?? 'default';
  if (covers(principal, project)) return project;
  const its = (principal.projects ?? []).join(', ');
  throw new ContinuoError('ACCESS_DENIED', `this key is bound to ${its}; it may do nothing in project ${JSON.stringify(project)}`);
}
