/** For what nobody has written down here: an honest general procedure, with the words of the request in it. */
import list from './general/families.json' with { type: 'json' };
import type { Procedure } from './procedure.ts';
import { readRequest } from './request.ts';
import type { Request } from './request.ts';
import { titleCase } from './wording.ts';

// A JSON module has plain strings where a procedure has unions and non-empty lists; knowledge.test.ts holds the file to the type.
const families = new Map((list as unknown as readonly Procedure[]).map((family) => [family.id, family]));

/** What is said for the places in braces. */
interface Slots {
  readonly phrase: string;
  /** Completes "we have not researched". */
  readonly this: string;
  /** Completes "facts about". */
  readonly topic: string;
  /** "your bird cage" */
  readonly thing: string;
}

const isEnglish = (phrase: string): boolean => /^[\p{ASCII}’]+$/u.test(phrase);

function slotsOf(request: Request): Slots {
  const usable = request.verb !== undefined && isEnglish(request.phrase);
  return {
    phrase: request.phrase === '' ? 'start something new' : request.phrase,
    this: usable ? `how to ${request.phrase}` : 'this topic',
    topic: request.thing ?? 'it',
    thing: request.thing === undefined || request.verb === undefined ? 'your project' : `your ${request.thing}`,
  };
}

const fill = (text: string, slots: Slots): string => text.replace(/\{(phrase|this|topic|thing)\}/g, (_, name: keyof Slots) => slots[name]);

/** Every text of the procedure with its slots filled. */
function filled(procedure: Procedure, slots: Slots): Procedure {
  // Strings are replaced by strings and all else stays, so that the shape is the same.
  return JSON.parse(JSON.stringify(procedure), (_, value: unknown) =>
    typeof value === 'string' ? fill(value, slots) : value,
  ) as Procedure;
}

function titleOf(request: Request, slots: Slots): string {
  const phrase = titleCase(slots.phrase);
  if (request.family === 'expert') return 'Ask an Expert First';
  if (request.question) return `${phrase}?`;
  if (request.phrase === '') return 'How to Start Something New';
  return request.verb === undefined ? phrase : `How to ${phrase}`;
}

export function generalProcedure(topic: string): { readonly procedure: Procedure; readonly title: string } {
  const request = readRequest(topic);
  const family = families.get(request.family) ?? families.get('explore');
  if (family === undefined) throw new Error('general/families.json has no family "explore", which every request falls back to.');
  const slots = slotsOf(request);
  return { procedure: filled(family, slots), title: titleOf(request, slots) };
}
