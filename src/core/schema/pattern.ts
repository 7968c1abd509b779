/**
 * Whether a text fits a regular expression, in a time that grows with the text alone.
 *
 * M1. All ways through the pattern are walked side by side, a character at a time; none is walked twice at one place.
 *     A step of the work is one instruction at one place: there are at most as many as instructions times places.
 * M2. What is found is what JavaScript finds. Patterns that cannot be matched so, those that refer back to what they
 *     found, are refused when they are read.
 */
import { programsOf, sizeOf, type Instruction, type Program, type Programs } from './pattern-program.ts';
import { PatternRefused, treeOf } from './pattern-tree.ts';
import { Work } from './work.ts';

export { PatternRefused };

/** How large the program of a pattern is; throws {@link PatternRefused} where it is none, or none that can be used. */
export const patternSize = (source: string): number => sizeOf(treeOf(source).tree);

export class Pattern {
  readonly source: string;
  readonly #unicode: boolean;
  readonly #programs: Programs;

  constructor(source: string) {
    const { tree, unicode } = treeOf(source);
    this.source = source;
    this.#unicode = unicode;
    this.#programs = programsOf(tree);
  }

  /** Whether any part of the text fits. */
  test(text: string, work: Work = new Work(Infinity)): boolean {
    const signs = this.#unicode ? Array.from(text) : text.split('');
    const looks: Uint8Array[] = [];
    for (const program of this.#programs.looks) {
      const found = new Uint8Array(signs.length + 1);
      new Walk(program, signs, looks, work).all((place) => {
        found[place] = 1;
        return false;
      });
      looks.push(found);
    }
    return new Walk(this.#programs.main, signs, looks, work).all(() => true);
  }
}

const isWord = (sign: string | undefined): boolean => sign !== undefined && /^\w$/.test(sign);

/** A program on its way through a text. */
class Walk {
  readonly #instructions: readonly Instruction[];
  readonly #backwards: boolean;
  readonly #signs: readonly string[];
  readonly #looks: readonly Uint8Array[];
  readonly #work: Work;
  /** The round in which an instruction was come to last. */
  readonly #seen: Uint32Array;
  #round = 0;

  constructor({ instructions, backwards }: Program, signs: readonly string[], looks: readonly Uint8Array[], work: Work) {
    this.#instructions = instructions;
    this.#backwards = backwards;
    this.#signs = signs;
    this.#looks = looks;
    this.#work = work;
    this.#seen = new Uint32Array(instructions.length);
  }

  /** Begins at every place, and tells each at which something ends that fits, until it is told that this is enough. */
  all(isEnough: (place: number) => boolean): boolean {
    const { length } = this.#signs;
    let open: number[] = [];
    for (let gone = 0; gone <= length; gone++) {
      const place = this.#backwards ? length - gone : gone;
      this.#round++;
      const { takers, matches } = this.#spread([...open, 0], place);
      if (matches && isEnough(place)) return true;
      const sign = this.#signs[this.#backwards ? place - 1 : place];
      open = sign === undefined ? [] : takers.filter((at) => this.#takes(at, sign)).map((at) => at + 1);
    }
    return false;
  }

  #takes(at: number, sign: string): boolean {
    const instruction = this.#instructions[at];
    return instruction?.do === 'take' && instruction.fits(sign);
  }

  /** Where one comes to from there without taking anything. */
  #spread(open: number[], place: number): { readonly takers: readonly number[]; readonly matches: boolean } {
    const takers: number[] = [];
    let matches = false;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#seen[at] === this.#round) continue;
      this.#seen[at] = this.#round;
      this.#work.spend(1);
      const instruction = this.#instructions[at];
      if (instruction === undefined) continue;
      switch (instruction.do) {
        case 'take':
          takers.push(at);
          break;
        case 'match':
          matches = true;
          break;
        case 'go':
          open.push(instruction.to);
          break;
        case 'split':
          open.push(instruction.other, at + 1);
          break;
        case 'edge':
          if (this.#isEdge(instruction.at, place)) open.push(at + 1);
          break;
        case 'look':
          if ((this.#looks[instruction.look]?.[place] === 1) !== instruction.not) open.push(at + 1);
          break;
      }
    }
    return { takers, matches };
  }

  #isEdge(edge: 'start' | 'end' | 'word' | 'no-word', place: number): boolean {
    if (edge === 'start') return place === 0;
    if (edge === 'end') return place === this.#signs.length;
    const isBetween = isWord(this.#signs[place - 1]) !== isWord(this.#signs[place]);
    return isBetween === (edge === 'word');
  }
}

const kept = 200;
const known = new Map<string, Pattern>();

/** Made once, as long as it is asked for now and then. */
export function patternOf(source: string): Pattern {
  const pattern = known.get(source) ?? new Pattern(source);
  known.delete(source);
  known.set(source, pattern);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  return pattern;
}
