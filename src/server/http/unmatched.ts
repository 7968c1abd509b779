/** What is asked for and is no route: another method would do, or none. */
import { ContinuoError } from '../../core/errors.ts';
import type { DeclaredRoute } from './guard.ts';

export interface Unmatched {
  /** Methods that the path is there for. */
  readonly allowed: readonly string[];
  readonly error: ContinuoError;
}

export function unmatched(routes: readonly DeclaredRoute[], method: string, path: string): Unmatched {
  const allowed = allowedFor(routes, path);
  const error =
    allowed.length === 0
      ? new ContinuoError('ROUTE_UNKNOWN', `there is no ${method} ${path}`)
      : new ContinuoError('METHOD_UNKNOWN', `${path} does not take ${method}; it takes ${allowed.join(', ')}`);
  return { allowed, error };
}

/** `OPTIONS` is taken wherever anything is. */
export function allowedFor(routes: readonly DeclaredRoute[], path: string): readonly string[] {
  const methods = new Set(routes.filter(({ url }) => fits(url, path)).map(({ method }) => method));
  return methods.size === 0 ? [] : [...methods, 'OPTIONS'].sort();
}

const patterns = new Map<string, RegExp>();

/** As the router matches: `:name` is one piece of a path, `*` the rest. */
export function fits(url: string, path: string): boolean {
  let pattern = patterns.get(url);
  if (pattern === undefined) {
    const source = url.replaceAll(/:\w+|\*|[.+?^${}()|[\]\\]/g, (sign) =>
      sign === '*' ? '.*' : sign.startsWith(':') ? '[^/]+' : `\\${sign}`,
    );
    patterns.set(url, (pattern = new RegExp(`^${source}$`)));
  }
  return pattern.test(path);
}
