/** A grammar: the shape of an answer, and symbols that become one of several texts. docs/gateway-grammars.md. */
import type { Json } from '../../core/data/json.ts';

export interface Grammar {
  readonly path: string;
  readonly output: Shape;
  readonly symbols: ReadonlyMap<string, readonly Alternative[]>;
  /** Every text and expression, as a template under its key. */
  readonly texts: readonly Text[];
}

export interface Text {
  /** Where it stands: `symbols.hook[2]`, `output.title`. */
  readonly key: string;
  readonly kind: 'text' | 'expression' | 'condition';
  readonly source: string;
  /** In the order in which they stand. */
  readonly references: readonly Reference[];
  /** Variables that the grammar itself gives it: the item of a list. */
  readonly given: readonly string[];
}

export interface Reference {
  readonly symbol: string;
  /** The name under which what it becomes is remembered. */
  readonly as?: string;
}

export interface Alternative {
  readonly text: Text;
  readonly weight: number;
  readonly when?: Text;
}

export type Shape =
  | { readonly is: 'value'; readonly value: Json }
  | { readonly is: 'text'; readonly text: Text }
  | { readonly is: 'list'; readonly items: readonly Shape[] }
  | { readonly is: 'fields'; readonly fields: readonly (readonly [string, Shape])[] }
  | { readonly is: 'repeat'; readonly item: Shape; readonly least: number; readonly most: number }
  | { readonly is: 'each'; readonly of: Text; readonly as: string; readonly item: Shape }
  | { readonly is: 'number'; readonly least: number; readonly most: number; readonly digits: number }
  | { readonly is: 'pick'; readonly from: readonly Shape[] }
  | { readonly is: 'computed'; readonly value: Text };

export interface GrammarProblem {
  readonly path: string;
  readonly key: string;
  readonly line?: number;
  readonly level: 'error' | 'warning';
  readonly message: string;
}
