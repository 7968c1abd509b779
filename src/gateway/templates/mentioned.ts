/** Templates that others name: by include, import or extends. */
import { posix } from 'node:path';
import { scan } from './statements.ts';

export interface Mentioned {
  readonly name: string;
  readonly line: number;
  /** It says `ignore missing`. */
  readonly mayMiss: boolean;
}

/** Those whose names are written out. @throws TemplateSyntaxError */
export function mentionedTemplates(source: string): readonly Mentioned[] {
  return scan(source).mentions.map(({ name, line, mayMiss }) => ({ name, line, mayMiss }));
}

/** What a name may mean in the template at `path`, the likeliest first. */
export function placesOf(name: string, path: string): readonly string[] {
  return [name, posix.join(posix.dirname(path), name)];
}
