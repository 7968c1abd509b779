/** Paints one state of a caption: which word is spoken, and in karaoke how much of it has been. */
import type { CaptionTemplate } from '../film/scene.ts';
import type { Pen } from '../lettering/canvas.ts';
import type { LetterColours } from '../lettering/letter-colours.ts';
import { paintPlate } from '../lettering/plate.ts';
import type { SetCaption, SetWord } from './setting.ts';
import type { TemplateLook } from './templates.ts';

export interface CaptionState {
  readonly caption: SetCaption;
  readonly look: TemplateLook;
  readonly colours: LetterColours;
  /** Index of the word that is spoken, and how much of it has been. */
  readonly lit: number;
  readonly share: number;
}

export type Paint = (pen: Pen, state: CaptionState) => void;

export const painters: Readonly<Record<CaptionTemplate, Paint>> = { 'tiktok-bold': paintBold, clean: paintClean, karaoke: paintKaraoke };

function paintBold(pen: Pen, state: CaptionState): void {
  const { caption, colours, look } = state;
  begin(pen, state);
  outline(pen, state, (at) => at !== state.lit);
  pen.fillStyle = colours.letters;
  caption.words.forEach((word, at) => at !== state.lit && write(pen, word));
  const word = caption.words[state.lit];
  if (word === undefined) return;
  const { size } = caption;
  const [x, y] = [look.padding.x * size, look.padding.y * size];
  withShadow(pen, state, () => {
    pen.fillStyle = colours.pill;
    pen.beginPath();
    pen.roundRect(word.x - x, word.y - word.ascent - y, word.width + 2 * x, word.ascent + word.descent + 2 * y, 0.25 * size);
    pen.fill();
  });
  pen.fillStyle = colours.onPill;
  write(pen, word);
}

function paintClean(pen: Pen, state: CaptionState): void {
  const { caption, colours, look } = state;
  begin(pen, state);
  const { blur, down } = look.shadow;
  const shadow = { colour: colours.shadow, blur: blur * caption.size, down: down * caption.size };
  paintPlate(pen, caption.ink, { radius: 0.42 * caption.size, colour: colours.plate, shadow });
  caption.words.forEach((word, at) => {
    pen.fillStyle = at === state.lit ? colours.litOnPlate : colours.letters;
    write(pen, word);
  });
}

function paintKaraoke(pen: Pen, state: CaptionState): void {
  const { caption, colours, lit } = state;
  begin(pen, state);
  outline(pen, state, () => true);
  caption.words.forEach((word, at) => {
    pen.fillStyle = at === lit ? filling(pen, word, state) : at < lit ? colours.litOutlined : colours.letters;
    write(pen, word);
  });
}

/** The accent up to where the voice is, with a soft edge that hides that it moves in steps. */
function filling(pen: Pen, word: SetWord, { colours, share, caption }: CaptionState): Pen['fillStyle'] {
  if (share >= 1) return colours.litOutlined;
  const soft = 0.2 * caption.size;
  const at = word.x - soft + (word.width + soft) * (word.direction === 'ltr' ? share : 1 - share);
  const fill = pen.createLinearGradient(at, 0, at + soft, 0);
  const [left, right] = word.direction === 'ltr' ? [colours.litOutlined, colours.letters] : [colours.letters, colours.litOutlined];
  fill.addColorStop(0, left);
  fill.addColorStop(1, right);
  return fill;
}

function begin(pen: Pen, { caption }: CaptionState): void {
  pen.translate(-caption.box.x, -caption.box.y);
  pen.font = caption.font;
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.lineJoin = 'round';
}

/** All outlines before any letter, so that none covers its neighbour. */
function outline(pen: Pen, state: CaptionState, of: (at: number) => boolean): void {
  const { caption, colours, look } = state;
  pen.strokeStyle = colours.outline;
  pen.lineWidth = 2 * look.outline * caption.size;
  withShadow(pen, state, () => {
    caption.words.forEach((word, at) => {
      if (!of(at)) return;
      pen.direction = word.direction;
      pen.strokeText(word.text, word.x, word.y);
    });
  });
}

function write(pen: Pen, word: SetWord): void {
  pen.direction = word.direction;
  pen.fillText(word.text, word.x, word.y);
}

function withShadow(pen: Pen, { caption, colours, look }: CaptionState, paint: () => void): void {
  pen.shadowColor = colours.shadow;
  pen.shadowBlur = look.shadow.blur * caption.size;
  pen.shadowOffsetY = look.shadow.down * caption.size;
  paint();
  pen.shadowColor = 'transparent';
}
