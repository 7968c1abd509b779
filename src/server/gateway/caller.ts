/** For whom something is asked of the gateway: the project, and the tags that limits count by. */
import type { FastifyRequest } from 'fastify';
import { projectFor } from '../access/project-for.ts';

export interface Caller {
  readonly project: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The project is that of the tag `project_id`, or of the header `x-project-id`, or the only one of the key. */
export function callerOf(request: Pick<FastifyRequest, 'headers' | 'principal'>, tags: Readonly<Record<string, string>> = {}): Caller {
  const { project_id: said, ...others } = tags;
  const { principal } = request;
  return {
    project: projectFor(principal, said ?? headerOf(request, 'x-project-id')),
    tags: { ...others, api_key: principal.id },
  };
}

/** The first of these headers that is there. */
export function headerOf({ headers }: Pick<FastifyRequest, 'headers'>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
