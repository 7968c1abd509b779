import { rules } from 'continuo';
import { styleFor } from './picture-style.ts';

interface PictureInput {
  readonly prompt: string;
  readonly style?: string;
  readonly topic: string;
  /** 0 is the hook. */
  readonly scene: number;
}

interface EnhancedPicture {
  readonly enhanced_prompt: string;
  readonly negative_prompt: string;
  readonly style_tags: readonly string[];
}

/** Viewpoints that take turns, so that two pictures in a row are never framed alike. */
const shots: readonly [string, ...string[]] = [
  'seen from slightly above at a three-quarter angle',
  'seen from straight above, like work on a table',
  'seen close up at the height of the table',
  'seen over the shoulder of the person who works',
];
const opening = 'seen from the front as one large, inviting view';

const never = [
  'text, letters, numbers, watermark, logo',
  'extra fingers, distorted hands, hands that hold tools the wrong way',
  'cropped or cut-off subject, several copies of the subject, clutter',
  'blur, noise, harsh flash',
];

/** Lower case where the sentence began with an article, so that it can stand within a longer one. */
const asPart = (text: string): string => {
  const plain = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!;,\s]+$/, '');
  return plain.replace(/^(?:A|An|The|Two|Three|One)\b/, (article) => article.toLowerCase());
};

const handsAt = (prompt: string): string => (/\bhands?\b|\bfingers?\b|\bthumbs?\b/i.test(prompt) ? 'correct, relaxed hands, ' : '');

export default rules<PictureInput, EnhancedPicture>(({ prompt, style: asked, topic, scene }) => {
  const style = styleFor(topic, asked);
  const shot = scene === 0 ? opening : (shots[scene % shots.length] ?? shots[0]);
  const isPhoto = style.tags.includes('photographic');
  return {
    enhanced_prompt:
      `${asPart(prompt)}, ${shot}, ${handsAt(prompt)}the subject large in the middle of a vertical 9:16 frame, ` +
      `calm empty space in the upper tenth and the lower fifth; ${style.light}; ${style.colors}; ${style.background}; ${style.look}`,
    negative_prompt: [...never, isPhoto ? 'drawing, cartoon, plastic look' : 'photograph, realistic skin, mixed styles'].join(', '),
    style_tags: style.tags,
  };
});
