/** Goes over the tokens of a template. */
import { TemplateSyntaxError, tokensOf, type Token } from './tokens.ts';

/** The engine itself allows fewer levels. */
const deepest = 400;

export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  get token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** The token after the present one. */
  get following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  get line(): number {
    return (this.token ?? this.#tokens.at(-1))?.line ?? 1;
  }

  next(): Token {
    const token = this.token;
    if (token === undefined) throw this.wrong('unexpected end of the template');
    this.#at++;
    return token;
  }

  isMark(...texts: readonly string[]): boolean {
    return this.token?.is === 'mark' && texts.includes(this.token.text);
  }

  isWord(...texts: readonly string[]): boolean {
    return this.token?.is === 'name' && texts.includes(this.token.text);
  }

  skipMark(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.#at++;
    return true;
  }

  skipWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.#at++;
    return true;
  }

  expectMark(text: string): void {
    if (!this.skipMark(text)) throw this.wrong(`expected ${text}`);
  }

  expectWord(text: string): void {
    if (!this.skipWord(text)) throw this.wrong(`expected ${text}`);
  }

  expectName(): Token {
    if (this.token?.is !== 'name') throw this.wrong('expected a name');
    return this.next();
  }

  deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) throw this.wrong('the template is nested too deep');
    const found = read();
    this.#depth--;
    return found;
  }

  wrong(what: string): TemplateSyntaxError {
    const found = this.token === undefined ? '' : `, found ${this.token.text}`;
    return new TemplateSyntaxError(`${what}${found}`, this.line);
  }
}
