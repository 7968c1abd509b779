/**
 * The templates of a configuration, compiled once.
 *
 * T1. A template sees JSON and nothing else of this process: no getter, no function, no prototype, no file.
 * T2. It may include those that were given with it, by their path or relative to its own folder, and no others.
 * T3. A variable that is not there is an error, wherever it would be printed, walked through or asked for a field.
 * T4. A template that breaks the engine breaks no other: the engine is replaced (engine.ts).
 * T5. No value of the input stands in an error.
 */
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { SourceFile } from '../config/model.ts';
import { contextOf } from './context.ts';
import { isBloated, openEngine, retire, type Engine } from './engine.ts';
import { engineName, readEngineError, type EngineError } from './engine-error.ts';
import { boundIn, explainUndefined } from './explain.ts';
import { placesOf } from './mentioned.ts';
import { fill, readPlain, type PlainTemplate } from './plain.ts';
import { scan } from './statements.ts';

/** For whom it is rendered; errors name it. */
export interface RenderedFor {
  readonly function: string;
  readonly variant: string;
}

type Variables = { readonly [name: string]: Json };

export class Templates {
  readonly #files: ReadonlyMap<string, string>;
  /** Those that need no engine where their variables are texts. */
  readonly #plain: ReadonlyMap<string, PlainTemplate>;
  #engine: Engine | undefined;

  /** Throws GATEWAY_CONFIG_INVALID for a template that cannot be read. */
  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map(({ path, text }) => [path, text]));
    this.#engine = this.#open();
    this.#plain = new Map(files.flatMap(({ path, text }) => plainly(path, text)));
  }

  render(path: string, variables: Readonly<Record<string, unknown>>, whom?: RenderedFor): string {
    if (!this.#files.has(path)) throw failed(path, undefined, 'it is not among the templates of the configuration', whom);
    const context = this.#context(path, variables, whom);
    const plain = this.#plain.get(path);
    const filled = plain === undefined ? undefined : fill(plain, context);
    if (filled !== undefined) return filled;
    let error: EngineError;
    try {
      return this.#renderOnce(path, context);
    } catch (thrown) {
      error = readEngineError(thrown);
    }
    if (error.is === 'broken') {
      // It may have been broken before by another template.
      try {
        return this.#renderOnce(path, context);
      } catch (thrown) {
        error = readEngineError(thrown);
      }
    }
    if (error.is === 'broken')
      throw failed(path, undefined, 'it is nested so deep, or grows so large, that it broke the template engine', whom);
    throw failed(error.template, error.line, this.#tell(error, context), whom);
  }

  /** Gives the engine's memory back; a later render opens it anew. */
  close(): void {
    if (this.#engine !== undefined) this.#engine.environment.free();
    this.#engine = undefined;
  }

  #renderOnce(path: string, context: Variables): string {
    const engine = (this.#engine ??= this.#open());
    try {
      const text = engine.environment.renderTemplate(engineName(path), context);
      if (isBloated(engine)) this.#retire(engine);
      return text;
    } catch (thrown) {
      if (readEngineError(thrown).is === 'broken' || isBloated(engine)) this.#retire(engine);
      throw thrown;
    }
  }

  #retire(engine: Engine): void {
    retire(engine);
    this.#engine = undefined;
  }

  #open(): Engine {
    const engine = openEngine();
    for (const [path, text] of this.#files) {
      try {
        engine.environment.addTemplate(engineName(path), withPaths(path, text, this.#files));
      } catch (thrown) {
        const error = readEngineError(thrown);
        retire(engine);
        const where = error.is === 'told' && error.line !== undefined ? `${path}:${error.line}` : path;
        throw new ContinuoError(
          'GATEWAY_CONFIG_INVALID',
          `template ${where}: ${error.is === 'told' ? error.what : 'it is nested too deep'}`,
        );
      }
    }
    return engine;
  }

  #context(path: string, variables: Readonly<Record<string, unknown>>, whom: RenderedFor | undefined): Variables {
    try {
      return contextOf(variables);
    } catch (error) {
      throw failed(path, undefined, `its input cannot be used: ${error instanceof Error ? error.message : String(error)}`, whom);
    }
  }

  #tell(error: EngineError & { readonly is: 'told' }, context: Variables): string {
    const { template, line, what } = error;
    const source = this.#files.get(template) ?? '';
    if (what.startsWith('undefined value')) {
      const told = explainUndefined(source, line, context, new Set());
      return told ?? `undefined value in ${excerpt(source, line)}`;
    }
    const inner = /error in "([^"]*)"/.exec(what)?.[1];
    const included = [...this.#files.keys()].find((path) => engineName(path) === inner);
    if (included === undefined) return what;
    const told = explainUndefined(this.#files.get(included) ?? '', undefined, context, boundIn(source));
    return `what it includes, ${included}, failed${told === undefined ? '' : `: ${told}`}`;
  }
}

function plainly(path: string, text: string): readonly (readonly [string, PlainTemplate])[] {
  const plain = readPlain(text);
  return plain === undefined ? [] : [[path, plain]];
}

/** The text, in which the templates that it names are written as the engine has them. */
function withPaths(path: string, text: string, files: ReadonlyMap<string, string>): string {
  let written = text;
  for (const mention of mentions(text).toReversed()) {
    const found = placesOf(mention.name, path).find((place) => files.has(place));
    if (found !== undefined) written = written.slice(0, mention.at) + JSON.stringify(engineName(found)) + written.slice(mention.end);
  }
  return written;
}

function mentions(text: string): ReturnType<typeof scan>['mentions'] {
  try {
    return scan(text).mentions;
  } catch {
    // The engine says what is wrong with it.
    return [];
  }
}

function excerpt(source: string, line: number | undefined): string {
  const text = source.split('\n')[(line ?? 1) - 1]?.trim() ?? '';
  return `\`${text.length > 100 ? `${text.slice(0, 100)}…` : text}\``;
}

function failed(path: string, line: number | undefined, what: string, whom: RenderedFor | undefined): ContinuoError {
  const where = line === undefined ? path : `${path}:${line}`;
  const of = whom === undefined ? '' : `function "${whom.function}", variant "${whom.variant}": `;
  return new ContinuoError('TEMPLATE_FAILED', `${of}template ${where}: ${what}`);
}
