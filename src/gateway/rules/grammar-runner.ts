/**
 * Answers by a grammar.
 *
 * G1. The same input, context and grammar give the same answer.
 * G2. What the input holds is never read as a symbol or a template.
 * G3. An alternative is not used again until all that are allowed have been, in one answer.
 * G4. It ends: a grammar that goes deep or wide takes the shortest way out, and fails where conditions bar that.
 */
import { canonicalJson } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/json.ts';
import { Templates } from '../templates/templates.ts';
import type { Alternative, Grammar, Shape, Text } from './grammar.ts';
import { closeName, openName, pathOf, templateOf } from './grammar-template.ts';
import { heightOf, heightsOf } from './heights.ts';
import type { RulesContext } from './rules.ts';

type Variables = { readonly [name: string]: Json };

const deepest = 20;
const widest = 2_000;
/** Where even the shortest way is too long. */
const giveUpDeep = 200;
const giveUpWide = 20_000;

export class GrammarRunner {
  readonly #grammar: Grammar;
  readonly #templates: Templates;
  readonly #heights: ReadonlyMap<string, number>;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    this.#heights = heightsOf(grammar.symbols);
    this.#templates = new Templates(grammar.texts.map((text) => ({ path: pathOf(grammar, text), text: templateOf(text) })));
  }

  answer(variables: Variables, ctx: RulesContext): Json {
    return new Answer(this.#grammar, this.#templates, this.#heights, ctx, marksFor(variables)).shape(this.#grammar.output, variables);
  }
}

interface Marks {
  readonly open: string;
  readonly close: string;
}

const firstPrivate = 0xe000;
const lastPrivate = 0xf8ff;

/** Two letters of the private use area that the input does not have. */
function marksFor(variables: Variables): Marks {
  const text = canonicalJson(variables);
  const free: string[] = [];
  for (let code = firstPrivate; free.length < 2 && code <= lastPrivate; code++) {
    const letter = String.fromCharCode(code);
    if (!text.includes(letter)) free.push(letter);
  }
  const [open, close] = free;
  if (open === undefined || close === undefined) throw new Error('the input has every letter of the private use area');
  return { open, close };
}

class Answer {
  readonly #grammar: Grammar;
  readonly #templates: Templates;
  readonly #heights: ReadonlyMap<string, number>;
  readonly #ctx: RulesContext;
  readonly #marks: Marks;
  readonly #remembered: Map<string, string> = new Map();
  readonly #used: Map<string, Set<Alternative>> = new Map();
  #expansions = 0;

  constructor(grammar: Grammar, templates: Templates, heights: ReadonlyMap<string, number>, ctx: RulesContext, own: Marks) {
    this.#grammar = grammar;
    this.#templates = templates;
    this.#heights = heights;
    this.#ctx = ctx;
    this.#marks = own;
  }

  shape(shape: Shape, variables: Variables): Json {
    switch (shape.is) {
      case 'value':
        return shape.value;
      case 'text':
        return this.#text(shape.text, variables, 0);
      case 'list':
        return shape.items.map((item) => this.shape(item, variables));
      case 'fields':
        return Object.fromEntries(shape.fields.map(([key, field]) => [key, this.shape(field, variables)]));
      case 'repeat':
        return Array.from({ length: this.#between(shape.least, shape.most) }, () => this.shape(shape.item, variables));
      case 'each':
        return this.#each(shape, variables);
      case 'number':
        return this.#number(shape);
      case 'pick':
        // A reader refuses an empty one.
        return this.shape(this.#ctx.pick(shape.from as [Shape, ...Shape[]]), variables);
      case 'computed':
        return this.#computed(shape.value, variables);
    }
  }

  #between(least: number, most: number): number {
    return least + Math.floor(this.#ctx.random() * (most - least + 1));
  }

  #number({ least, most, digits }: Shape & { readonly is: 'number' }): number {
    const scale = 10 ** digits;
    return this.#between(Math.ceil(least * scale), Math.floor(most * scale)) / scale;
  }

  #each({ of, as, item }: Shape & { readonly is: 'each' }, variables: Variables): Json {
    const list = this.#computed(of, variables);
    if (!Array.isArray(list)) throw new Error(`${of.key}: \`${of.source}\` is no list`);
    return list.map((entry: Json, i) => this.shape(item, { ...variables, [as]: entry, index: i + 1 }));
  }

  #computed(text: Text, variables: Variables): Json {
    // What `tojson` writes is JSON.
    return JSON.parse(this.#render(text, variables)) as Json;
  }

  #render(text: Text, variables: Variables): string {
    return this.#templates.render(pathOf(this.#grammar, text), {
      ...variables,
      [openName]: this.#marks.open,
      [closeName]: this.#marks.close,
    });
  }

  #text(text: Text, variables: Variables, depth: number): string {
    if (depth > giveUpDeep || ++this.#expansions > giveUpWide) throw new Error(`${text.key}: the grammar does not come to an end`);
    const rendered = this.#render(text, variables);
    if (text.references.length === 0) return rendered;
    const [first = '', ...rest] = rendered.split(this.#marks.open);
    return rest.reduce((done, part) => {
      const end = part.indexOf(this.#marks.close);
      return done + this.#reference(text, Number(part.slice(0, end)), variables, depth) + part.slice(end + this.#marks.close.length);
    }, first);
  }

  #reference(text: Text, place: number, variables: Variables, depth: number): string {
    const reference = text.references[place];
    if (reference === undefined) return '';
    const { symbol, as } = reference;
    const alternatives = this.#grammar.symbols.get(symbol);
    if (alternatives === undefined) {
      const remembered = this.#remembered.get(symbol);
      if (remembered === undefined) throw new Error(`${text.key}: #${symbol}# comes before anything is remembered under that name`);
      return remembered;
    }
    const made = this.#text(this.#choose(symbol, alternatives, variables, depth).text, variables, depth + 1);
    if (as !== undefined) this.#remembered.set(as, made);
    return made;
  }

  #choose(symbol: string, all: readonly Alternative[], variables: Variables, depth: number): Alternative {
    const allowed = all.filter(({ when }) => when === undefined || this.#render(when, variables) !== '');
    const [first] = allowed;
    if (first === undefined) throw new Error(`symbols.${symbol}: no alternative is allowed for this input`);
    if (depth >= deepest || this.#expansions >= widest) {
      return allowed.reduce((best, each) => (heightOf(each, this.#heights) < heightOf(best, this.#heights) ? each : best), first);
    }
    const used = this.#used.get(symbol) ?? new Set();
    this.#used.set(symbol, used);
    const last = [...used].at(-1);
    if (allowed.every((each) => used.has(each))) used.clear();
    const fresh = allowed.filter((each) => !used.has(each) && (each !== last || allowed.length === 1));
    const chosen = this.#byWeight(fresh, first);
    used.add(chosen);
    return chosen;
  }

  #byWeight(alternatives: readonly Alternative[], otherwise: Alternative): Alternative {
    let left = this.#ctx.random() * alternatives.reduce((sum, { weight }) => sum + weight, 0);
    return alternatives.find(({ weight }) => (left -= weight) < 0) ?? alternatives.at(-1) ?? otherwise;
  }
}
