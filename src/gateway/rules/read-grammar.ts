/** Reads a grammar, and says everything that is wrong with it at once. */
import { parse, TomlError } from 'smol-toml';
import { closest } from '../../core/data/text.ts';
import type { SourceFile } from '../config/model.ts';
import type { Alternative, Grammar, GrammarProblem, Shape, Text } from './grammar.ts';
import { heightsOf } from './heights.ts';
import { isTable, readShape, type Fields, type ShapeReader } from './read-shape.ts';
import { referencesIn } from './references.ts';

export interface GrammarReading {
  /** Only to be used when no problem is an error. */
  readonly grammar: Grammar;
  readonly problems: readonly GrammarProblem[];
}

export function readGrammar(file: SourceFile): GrammarReading {
  const reader = new Reader(file.path);
  const table = reader.table(file.text);
  for (const key of Object.keys(table))
    if (key !== 'output' && key !== 'symbols') reader.error(key, 'a grammar has [output] and [symbols] alone');
  const symbols = readSymbols(table['symbols'], reader);
  const grammar: Grammar = { path: file.path, output: readOutput(table['output'], reader), symbols, texts: reader.texts };
  if (!reader.problems.some(({ level }) => level === 'error')) reader.references(grammar);
  return { grammar, problems: reader.problems };
}

class Reader implements ShapeReader {
  readonly problems: GrammarProblem[] = [];
  readonly texts: Text[] = [];
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  table(text: string): Fields {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const message = error.message.split('\n', 1)[0] ?? '';
      this.problems.push({
        path: this.#path,
        key: '',
        line: error.line,
        level: 'error',
        message: `it is no TOML: ${message.replace('Invalid TOML document: ', '')}`,
      });
      return { output: '' };
    }
  }

  text(key: string, kind: Text['kind'], source: string, given: readonly string[]): Text {
    const text = { key, kind, source, references: kind === 'text' ? referencesIn(source) : [], given };
    this.texts.push(text);
    return text;
  }

  error(key: string, message: string): void {
    this.problems.push({ path: this.#path, key, level: 'error', message });
  }

  warning(key: string, message: string): void {
    this.problems.push({ path: this.#path, key, level: 'warning', message });
  }

  references({ symbols, texts }: Grammar): void {
    const bound = new Set(texts.flatMap(({ references }) => references.flatMap(({ as }) => as ?? [])));
    const used = new Set<string>();
    for (const { key, references } of texts) {
      for (const { symbol, as } of references) {
        used.add(symbol);
        if (as !== undefined && symbols.has(as)) this.error(key, `#${as}:${symbol}# remembers it under the name of a symbol`);
        if (symbols.has(symbol) || (as === undefined && bound.has(symbol))) continue;
        const near = closest(symbol, [...symbols.keys(), ...bound]);
        this.error(key, `there is no symbol #${symbol}#${near === undefined ? '; write ## for a plain #' : `; did you mean #${near}#?`}`);
      }
    }
    const heights = heightsOf(symbols);
    for (const [name, alternatives] of symbols) {
      if (!used.has(name)) this.warning(`symbols.${name}`, 'nothing uses it');
      if (heights.get(name) === Infinity && used.has(name))
        this.error(`symbols.${name}`, 'it never ends: each of its alternatives leads back to it');
      if (alternatives.every(({ when }) => when !== undefined))
        this.warning(`symbols.${name}`, 'every alternative has a condition: an input that meets none is not answered');
    }
  }
}

function readOutput(output: unknown, reader: Reader): Shape {
  if (output === undefined) reader.error('output', 'it is missing: a table for a json function, a string for a chat function');
  return readShape(output ?? '', { key: 'output', given: [] }, reader);
}

function readSymbols(table: unknown, reader: Reader): Grammar['symbols'] {
  const symbols = new Map<string, readonly Alternative[]>();
  if (table === undefined) return symbols;
  if (!isTable(table)) {
    reader.error('symbols', 'it must be a table of lists');
    return symbols;
  }
  for (const [name, list] of Object.entries(table)) {
    const key = `symbols.${name}`;
    if (!/^[A-Za-z_][\w-]*$/.test(name)) reader.error(key, 'the name of a symbol has letters, digits, _ and -, and begins with a letter');
    if (!Array.isArray(list) || list.length === 0) reader.error(key, 'it must be a list of at least one alternative');
    else
      symbols.set(
        name,
        list.map((each: unknown, i) => readAlternative(each, `${key}[${i}]`, reader)),
      );
  }
  return symbols;
}

function readAlternative(value: unknown, key: string, reader: Reader): Alternative {
  const { text, weight = 1, when, ...more }: Fields = isTable(value) ? value : { text: value };
  if (typeof text !== 'string') reader.error(key, 'an alternative is a string, or { text, weight, when }');
  if (typeof weight !== 'number' || !Number.isFinite(weight) || weight <= 0) reader.error(`${key}.weight`, 'it must be a number above 0');
  if (when !== undefined && typeof when !== 'string') reader.error(`${key}.when`, 'it must be an expression in a string');
  for (const other of Object.keys(more)) reader.error(`${key}.${other}`, 'an alternative has text, weight and when alone');
  return {
    text: reader.text(key, 'text', typeof text === 'string' ? text : '', []),
    weight: typeof weight === 'number' ? weight : 1,
    ...(typeof when === 'string' ? { when: reader.text(`${key}.when`, 'condition', when, []) } : {}),
  };
}
