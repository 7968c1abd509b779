/** Whoever asks, as a key says who it is and what it may. */
import type { Scope } from '../../ports/access.ts';

export interface Principal {
  /** As it stands in the audit log: `key:<id>`, `admin`. */
  readonly who: string;
  /** What limits are counted by. */
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** The projects that it is bound to; absent where it may work in all. */
  readonly projects?: readonly string[];
}

export function hasScope({ scopes }: Pick<Principal, 'scopes'>, scope: Scope): boolean {
  if (scopes.includes('admin') || scopes.includes(scope)) return true;
  return scope === 'read' && scopes.length > 0;
}

export function covers({ projects }: Pick<Principal, 'projects'>, project: string): boolean {
  return projects === undefined || projects.includes(project);
}
