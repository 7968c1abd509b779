/** What is said in a scene: lines that carry its goal and its conflict, and mean a little more than they say. */
import { rules } from 'continuo';
import { branchOf, oneOf } from '../../../english/chance.ts';
import { sentence } from '../../../english/text.ts';
import type { Concept, Scene } from './concept.ts';
import dialogues from './data/dialogue.json' with { type: 'json' };
import { bibleOf, type Bible } from './story/bible.ts';
import { teller } from './story/telling.ts';

export interface DialogueWanted {
  readonly concept: Concept;
  readonly scene: Scene;
}

export interface Line {
  readonly character: string;
  readonly line: string;
  readonly voiceOver: boolean;
  readonly how: string | null;
  readonly subtext: string;
}

interface Draft {
  readonly who: string;
  readonly line: string;
  readonly subtext: string;
  readonly how: string | null;
}

const known: Readonly<Record<string, readonly (readonly Draft[])[] | undefined>> = dialogues;

/** For a scene that is none of the eleven: it says its own goal and conflict. */
function plain(scene: Scene): readonly Draft[] {
  const wish = scene.goal
    .replace(/^to /i, '')
    .replace(/\b(?:her|his)\b/g, 'my')
    .replace(/\b(?:she|he)\b/g, 'I');
  const together = scene.characters.length > 1;
  return [
    { who: 'h', line: `I want to ${wish.replace(/\.$/, '')}. That is all.`, subtext: 'it is not all', how: null },
    { who: together ? 'a' : 'o', line: 'And if it does not work?', subtext: scene.conflict, how: null },
    { who: 'h', line: 'Then I will know that I have tried.', subtext: scene.outcome, how: null },
  ];
}

const alone: Readonly<Record<string, string>> = { h: 'h', o: 'o' };

/** Who is not in the scene cannot speak in it. */
function speakable(drafts: readonly Draft[], scene: Scene, bible: Bible): readonly Draft[] {
  const there = (who: string): boolean => {
    if (who in alone) return true;
    return scene.characters.includes(who === 'a' ? bible.ally.name : bible.rival.name);
  };
  return drafts.filter(({ who }) => there(who));
}

export default rules<DialogueWanted, { readonly lines: readonly Line[] }>(({ concept, scene }) => {
  const bible = bibleOf(concept);
  const { tell } = teller(bible, ['ally', 'rival', 'place']);
  const variants = known[scene.beat];
  const drafts = speakable(
    variants === undefined ? plain(scene) : oneOf(branchOf(bible.seed, `dialogue ${scene.beat}`), variants),
    scene,
    bible,
  );
  const names: Readonly<Record<string, string>> = { h: bible.hero.name, o: bible.hero.name, a: bible.ally.name, r: bible.rival.name };
  return {
    lines: drafts.map(({ who, line, subtext, how }) => ({
      character: names[who] ?? bible.hero.name,
      line: sentence(tell(line)),
      voiceOver: who === 'o',
      how: how === null ? null : tell(how),
      subtext: tell(subtext.replace('{flawLine}', `${bible.hero.name} ${bible.arc.flaw}`)),
    })),
  };
});
