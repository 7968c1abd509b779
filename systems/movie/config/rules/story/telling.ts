/** Templates of sentences, filled in with who and what. People and places are introduced where they come first. */
import { aOrAn } from '../../../../english/nouns.ts';
import { capitalised, titled } from '../../../../english/text.ts';
import type { Bible } from './bible.ts';

const forms = {
  she: { she: 'she', her: 'her', them: 'her', herself: 'herself' },
  he: { she: 'he', her: 'his', them: 'him', herself: 'himself' },
} as const;

export interface Teller {
  /** A text with its slots filled. */
  readonly tell: (text: string) => string;
}

/** What a plain role looks like after an article: "a boat builder", "the regent", "something that waits". */
export function withArticle(role: string): string {
  return /^(?:an?|the|something|somebody|one|his|her|my)\s/i.test(role) ? role : aOrAn(role);
}

/** Introduces each of them once; `known` are those who were introduced before. */
export function teller(bible: Bible, known: readonly string[] = []): Teller {
  const met = new Set(known);
  const { hero, ally, rival, genre, setting, arc } = bible;
  const words = forms[hero.pronoun];

  const introduced = (key: string, name: string, role: string, after: string): string => {
    if (met.has(key)) return name;
    met.add(key);
    if (/^(?:’s|')/.test(after)) return name;
    return `${name}, ${role}${/^[.,;:!?]/.test(after) ? '' : ','}`;
  };

  const fill = (slot: string, after: string): string => {
    switch (slot) {
      case 'hero':
        return hero.name;
      case 'ally':
        return introduced('ally', ally.name, ally.role, after);
      case 'rival':
        return introduced('rival', rival.name, rival.role, after);
      case 'aRole':
        return hero.role;
      case 'thing':
        return bible.subject;
      case 'place': {
        if (met.has('place')) return bible.place.short;
        met.add('place');
        return bible.place.full;
      }
      case 'flaw':
        return tell(arc.flaw);
      case 'undo':
        return tell(arc.undo);
      case 'hook':
        return tell(genre.hook);
      case 'predicate':
        return bible.idea.predicate ?? tell(genre.hook);
      case 'spot0':
      case 'spot1':
      case 'spot2':
      case 'spot3':
        return setting.spots[Number(slot.slice(4))] ?? bible.place.short;
      case 'at0':
      case 'at1':
      case 'at2':
      case 'at3':
        return setting.at[Number(slot.slice(2))] ?? `in ${bible.place.short}`;
      case 'she':
      case 'her':
      case 'them':
      case 'herself':
        return words[slot];
      default:
        throw new Error(`A sentence has the unknown slot "${slot}"`);
    }
  };

  const tell = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, slot: string, at: number) => {
      const after = text.slice(at + slot.length + 2);
      const small = slot.charAt(0).toLowerCase() + slot.slice(1);
      const filled = fill(small, after);
      return small === slot ? filled : capitalised(filled);
    });

  return { tell };
}

/** A title: its slots in capitals. */
export function titleOf(pattern: string, bible: Bible): string {
  return titled(
    pattern
      .replace('{Thing}', bible.subject)
      .replace('{Place}', bible.place.short)
      .replace(/\bthe The\b/gi, 'the'),
  );
}
