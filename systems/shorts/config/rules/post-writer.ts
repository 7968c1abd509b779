import { rules } from 'continuo';
import { sentencesOf, termsOf } from './terms.ts';
import { wordCount, type VideoScript } from './video-script.ts';

interface PostInput {
  readonly script: VideoScript;
  readonly platform: 'tiktok' | 'youtube' | 'instagram';
}

interface Post {
  readonly caption: string;
  /** Without the sign in front. */
  readonly hashtags: readonly string[];
  readonly title: string;
  readonly description: string;
}

/** Characters of a caption that are read, and how many hashtags do some good. */
const forms = {
  tiktok: { caption: 150, hashtags: 4, own: ['learnontiktok'] },
  instagram: { caption: 300, hashtags: 7, own: ['reels', 'learnsomethingnew'] },
  youtube: { caption: 200, hashtags: 3, own: ['shorts'] },
} as const;

const LONGEST_TITLE = 100;
/** YouTube counts bytes. */
const LONGEST_DESCRIPTION = 5000;

const within = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).replace(/[,;:\s]+$/, '')}…`;
};

const withinBytes = (text: string, most: number): string => {
  let cut = text;
  while (Buffer.byteLength(cut) > most) cut = cut.slice(0, Math.floor(cut.length * 0.9));
  return cut === text ? text : `${cut.slice(0, -1)}…`;
};

/** Whole sentences as far as they fit, and at least a part of the first. */
function caption(sentences: readonly string[], most: number): string {
  let text = '';
  for (const sentence of sentences) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (longer.length > most) break;
    text = longer;
  }
  return text === '' ? within(sentences[0] ?? 'Watch this.', most) : text;
}

function hashtagsOf({ script, platform }: PostInput): readonly string[] {
  const form = forms[platform];
  const counts = new Map<string, number>();
  const told = [script.title, script.title, ...script.scenes.flatMap((scene) => scene.search_terms)].join(' ');
  for (const term of told.split(/\s+/).flatMap(termsOf)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const tags = [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([term]) => term.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((tag) => tag.length > 1);
  return [...new Set([...tags.slice(0, form.hashtags - form.own.length), ...form.own])];
}

const contents = (script: VideoScript): string =>
  script.scenes
    .slice(0, 3)
    .map((scene) => sentencesOf(scene.text)[0] ?? scene.text)
    .join(' ');

export default rules<PostInput, Post>((input) => {
  const { script, platform } = input;
  const first = script.scenes[0]?.text ?? '';
  const sentences = [script.hook, ...(wordCount(first) <= 24 ? [first] : []), script.cta];
  return {
    caption: caption(sentences, forms[platform].caption),
    hashtags: hashtagsOf(input),
    title: within(script.title, LONGEST_TITLE),
    description: withinBytes([script.hook, contents(script), script.cta].join('\n\n'), LONGEST_DESCRIPTION),
  };
});
