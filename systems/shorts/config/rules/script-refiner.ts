import { rules } from 'continuo';
import { sentencesOf } from './terms.ts';
import { secondsFor, timed, wordCount, type Scene, type VideoScript } from './video-script.ts';

interface RefineInput {
  readonly script: VideoScript;
  readonly notes: string;
}

/** A note that can be followed by a rule: what it says, and what it does to the script; undefined when it cannot be done. */
interface Change {
  readonly pattern: RegExp;
  apply(script: VideoScript, found: RegExpExecArray): VideoScript | undefined;
}

const FEWEST_SCENES = 3;
const quoted = `["“'‘](.+?)["”'’]`;

const at = (script: VideoScript, number: string | undefined): number => {
  const index = number === 'last' ? script.scenes.length - 1 : number === 'first' ? 0 : Number(number) - 1;
  return Number.isInteger(index) && index >= 0 && index < script.scenes.length ? index : -1;
};

const withScene = (script: VideoScript, index: number, scene: Partial<Scene>): VideoScript | undefined => {
  const old = script.scenes[index];
  return old === undefined ? undefined : { ...script, scenes: script.scenes.with(index, { ...old, ...scene }) };
};

/** The last sentence goes, where there is more than one. */
const shortened = (text: string): string => {
  const sentences = sentencesOf(text);
  return sentences.length > 1 ? sentences.slice(0, -1).join(' ') : text;
};

/** The longest scenes give way first, by a sentence each; then whole scenes from the middle. */
function shorter(script: VideoScript, factor: number): VideoScript | undefined {
  const words = (of: VideoScript): number => of.scenes.reduce((sum, scene) => sum + wordCount(scene.text), 0);
  const goal = words(script) * factor;
  let now = script;
  while (words(now) > goal) {
    const [longest] = now.scenes
      .map((scene, index) => ({ index, scene, text: shortened(scene.text) }))
      .filter(({ scene, text }) => text !== scene.text)
      .toSorted((a, b) => wordCount(b.scene.text) - wordCount(a.scene.text));
    if (longest !== undefined) now = withScene(now, longest.index, { text: longest.text }) ?? now;
    else if (now.scenes.length > FEWEST_SCENES) now = { ...now, scenes: now.scenes.toSpliced(now.scenes.length - 2, 1) };
    else break;
  }
  return now === script ? undefined : now;
}

const changes: readonly Change[] = [
  {
    pattern: new RegExp(`\\b(title|hook|cta|call to action)\\b[^"“'‘]*?\\b(?:to|be|is|say|use)\\b[:\\s]*${quoted}`, 'i'),
    apply: (script, [, part = '', text = '']) => {
      const key = /title/i.test(part) ? 'title' : /hook/i.test(part) ? 'hook' : 'cta';
      return { ...script, [key]: text };
    },
  },
  {
    pattern: new RegExp(`\\bscene (\\d+|first|last)\\b[^"“'‘]*?\\b(?:to|say|read|be)\\b[:\\s]*${quoted}`, 'i'),
    apply: (script, [, number, text = '']) => withScene(script, at(script, number), { text }),
  },
  {
    pattern: /\b(?:remove|drop|delete|cut|skip)\b(?: the)? (?:scene (\d+)|(first|last) scene)/i,
    apply: (script, [, number, word]) => {
      const index = at(script, number ?? word);
      return index < 0 || script.scenes.length <= FEWEST_SCENES ? undefined : { ...script, scenes: script.scenes.toSpliced(index, 1) };
    },
  },
  {
    pattern: /\b(?:swap|switch|exchange) scenes? (\d+) (?:and|with)(?: scene)? (\d+)/i,
    apply: (script, [, one, other]) => {
      const [a, b] = [at(script, one), at(script, other)];
      const [first, second] = [script.scenes[a], script.scenes[b]];
      return first === undefined || second === undefined ? undefined : { ...script, scenes: script.scenes.with(a, second).with(b, first) };
    },
  },
  {
    pattern: /\bscene (\d+|first|last)\b.*\b(?:shorter|too long|shorten|trim)|\b(?:shorten|trim)\b.*\bscene (\d+)/i,
    apply: (script, [, one, other]) => {
      const index = at(script, one ?? other);
      const text = shortened(script.scenes[index]?.text ?? '');
      return text === '' || text === script.scenes[index]?.text ? undefined : withScene(script, index, { text });
    },
  },
  {
    pattern: /\bhook\b.*\b(?:shorter|punchier|too long|stronger|snappier)|\b(?:shorter|punchier|stronger|snappier)\b.*\bhook\b/i,
    apply: (script) => {
      const [first = script.hook] = sentencesOf(script.hook);
      const part = first.split(/[:,;–—]/)[0]?.trim() ?? first;
      const hook = /[.!?]$/.test(part) ? part : `${part}.`;
      return secondsFor(hook) < secondsFor(script.hook) ? { ...script, hook } : undefined;
    },
  },
  { pattern: /\b(?:half as long|much shorter)\b/i, apply: (script) => shorter(script, 0.55) },
  { pattern: /\b(?:shorter|too long|tighter|trim|faster|cut it down)\b/i, apply: (script) => shorter(script, 0.8) },
];

/** The notes one by one: lines, list entries or sentences. */
const notesOf = (notes: string): readonly string[] =>
  notes
    .split(/\n+|;\s+|(?<=[.!?])\s+(?=[A-Z])/)
    .map((note) => note.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((note) => note !== '');

function follow(script: VideoScript, note: string): VideoScript | undefined {
  for (const change of changes) {
    const found = change.pattern.exec(note);
    if (found !== null) return change.apply(script, found);
  }
  return undefined;
}

export default rules<RefineInput, VideoScript>(({ script, notes }) => {
  let now: VideoScript = { ...script, open_notes: [] };
  const open: string[] = [];
  for (const note of notesOf(notes)) {
    const changed = follow(now, note);
    if (changed === undefined) open.push(note);
    else now = changed;
  }
  return { ...timed(now), open_notes: open };
});
