/**
 * The tree of a pattern as a program: instructions that are walked side by side.
 *
 * P1. Its size is known before it is written, and bounded.
 * P2. A look around is a program of its own, which is asked at every place of the text before the one that needs it:
 *     inner ones stand before outer ones. Those that look ahead are written backwards, for a text read from its end.
 */
import { PatternRefused, type Look, type Tree } from './pattern-tree.ts';

export type Instruction =
  | { readonly do: 'take'; readonly fits: (sign: string) => boolean }
  | { readonly do: 'go'; readonly to: number }
  | { do: 'split'; other: number }
  | { readonly do: 'edge'; readonly at: 'start' | 'end' | 'word' | 'no-word' }
  | { readonly do: 'look'; readonly look: number; readonly not: boolean }
  | { readonly do: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly backwards: boolean;
}

export interface Programs {
  readonly looks: readonly Program[];
  readonly main: Program;
}

export const largest = 10_000;

/** How many instructions it takes; throws for too many. */
export function sizeOf(tree: Tree): number {
  const size = 1 + count(tree);
  if (size > largest)
    throw new PatternRefused('it repeats too much within what it repeats', 'Let it repeat less, or without a bound ("*", "+").');
  return size;
}

function count(tree: Tree): number {
  switch (tree.is) {
    case 'one':
    case 'edge':
      return 1;
    case 'sequence':
      return sum(tree.parts);
    case 'choice':
      return sum(tree.of) + 2 * tree.of.length;
    case 'look':
      return 2 + count(tree.part);
    case 'repeat': {
      const { part, least, most } = tree;
      const one = count(part);
      // Nothing stays nothing, however often.
      if (one === 0) return 0;
      return Math.min(1e9, least * one + (most === Infinity ? one + 2 : (most - least) * (one + 1)));
    }
  }
}

const sum = (trees: readonly Tree[]): number => trees.reduce((all, tree) => all + count(tree), 0);

export function programsOf(tree: Tree): Programs {
  sizeOf(tree);
  const looks: Program[] = [];
  const known = new Map<Look, number>();
  const lookOf = (look: Look): number => {
    const there = known.get(look);
    if (there !== undefined) return there;
    const program = write(look.part, look.ahead, lookOf);
    const place = looks.push(program) - 1;
    known.set(look, place);
    return place;
  };
  const main = write(tree, false, lookOf);
  return { looks, main };
}

function write(tree: Tree, backwards: boolean, lookOf: (look: Look) => number): Program {
  const instructions: Instruction[] = [];
  const add = (instruction: Instruction): void => void instructions.push(instruction);
  const emit = (part: Tree): void => {
    switch (part.is) {
      case 'one':
        return add({ do: 'take', fits: part.fits });
      case 'edge':
        return add({ do: 'edge', at: part.at });
      case 'look':
        return add({ do: 'look', look: lookOf(part), not: part.not });
      case 'sequence':
        return (backwards ? part.parts.toReversed() : part.parts).forEach(emit);
      case 'choice':
        return choice(part.of);
      case 'repeat':
        return repeat(part.part, part.least, part.most);
    }
  };
  /** `split` goes on with what follows it, and with what is given to `open` later. */
  const split = (): { other: number } => {
    const made: Extract<Instruction, { do: 'split' }> = { do: 'split', other: 0 };
    add(made);
    return made;
  };
  const choice = (of: readonly Tree[]): void => {
    const ends: number[] = [];
    for (const [place, part] of of.entries()) {
      const next = place < of.length - 1 ? split() : undefined;
      emit(part);
      if (next === undefined) break;
      ends.push(instructions.length);
      add({ do: 'go', to: 0 });
      next.other = instructions.length;
    }
    for (const end of ends) instructions[end] = { do: 'go', to: instructions.length };
  };
  const repeat = (part: Tree, least: number, most: number): void => {
    if (count(part) === 0) return;
    for (let time = 0; time < least; time++) emit(part);
    if (most === Infinity) {
      const begin = instructions.length;
      const out = split();
      emit(part);
      add({ do: 'go', to: begin });
      out.other = instructions.length;
      return;
    }
    const outs: { other: number }[] = [];
    for (let time = least; time < most; time++) {
      outs.push(split());
      emit(part);
    }
    for (const out of outs) out.other = instructions.length;
  };
  emit(tree);
  add({ do: 'match' });
  return { instructions, backwards };
}
