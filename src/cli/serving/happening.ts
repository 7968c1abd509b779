/** What a process that stays up has to say: a line for people, an object for programs. */
import type { Visitor } from '../../engine/visitor.ts';
import type { Shell } from '../shell.ts';
import type { Screen, Style } from '../terminal/screen.ts';
import { clock, span } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';

export type PartHealth = ReturnType<NonNullable<Visitor['backend']['health']>>[number];

export type Happening =
  | {
      readonly event: 'part';
      readonly part: PartHealth['part'];
      readonly at?: string;
      readonly is: 'up' | 'away' | 'trying';
      readonly lasted?: number;
      readonly error?: string;
    }
  | { readonly event: 'fenced' }
  | { readonly event: 'rejoined'; readonly node: string }
  | { readonly event: 'error'; readonly code: string; readonly message: string; readonly run?: string; readonly unsaid?: number }
  | { readonly event: 'draining'; readonly inHand: number; readonly deadline: number }
  | { readonly event: 'ended'; readonly how: 'finished' | 'handed back' };

export type Say = (happening: Happening) => void;

export function teller(shell: Shell, json: boolean): Say {
  return (happening) => {
    if (json) shell.out.line(JSON.stringify({ at: new Date().toISOString(), ...happening }));
    else {
      const { sign, style, text } = wordsOf(happening);
      shell.out.line(`${shell.out.paint('dim', clock(Date.now()))}  ${shell.out.paint(style, sign)} ${oneLine(text)}`);
    }
  };
}

export interface Words {
  readonly sign: string;
  readonly style: Style;
  readonly text: string;
}

export function wordsOf(happening: Happening): Words {
  switch (happening.event) {
    case 'part': {
      const { at, is, lasted, error } = happening;
      const part = at === undefined ? happening.part : `${happening.part} at ${at}`;
      const after = lasted === undefined ? '' : ` after ${span(lasted)}`;
      if (is === 'up') return { sign: '✔', style: 'green', text: `${part} is back${after}` };
      if (is === 'trying') return { sign: '↻', style: 'yellow', text: `${part} is tried again` };
      return { sign: '✖', style: 'red', text: `${part} is away${error === undefined ? '' : `: ${error}`}` };
    }
    case 'fenced':
      return {
        sign: '✖',
        style: 'red',
        text: 'taken for dead: silent for longer than its lease; others go on with its work, and it joins again',
      };
    case 'rejoined':
      return { sign: '✔', style: 'green', text: `joined again, as node ${happening.node}` };
    case 'error': {
      const { code, message, run, unsaid } = happening;
      const more = unsaid === undefined ? '' : ` (and ${unsaid} more like it since it was last said)`;
      return { sign: '!', style: 'red', text: `${run === undefined ? '' : `run ${run}: `}${code}: ${message}${more}` };
    }
    case 'draining': {
      const { inHand, deadline } = happening;
      const work =
        inHand === 0 ? 'nothing is in hand' : `${attempts(inHand)} in hand, at most ${span(deadline)} more (a second signal: at once)`;
      return { sign: '◐', style: 'yellow', text: `draining: nothing new is taken; ${work}` };
    }
    case 'ended':
      return happening.how === 'finished'
        ? { sign: '✔', style: 'green', text: 'ended: everything in hand was finished' }
        : {
            sign: '■',
            style: 'yellow',
            text: 'ended: what was not finished in time is handed back, and is made again; nothing else is lost',
          };
  }
}

const attempts = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`);

/** Who it is and what it does, once, when it is up. */
export function introduce(screen: Screen, name: string, facts: readonly (readonly [string, string])[]): void {
  const width = Math.max(...facts.map(([word]) => word.length));
  screen.line(screen.paint('bold', name));
  for (const [word, value] of facts) screen.line(`  ${screen.paint('dim', word.padEnd(width))}  ${oneLine(value)}`);
}
