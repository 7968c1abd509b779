/** What is needed, row by row: a check mark, the name, and how much of it. */
import type { Aspect, Box } from '../film/aspect.ts';
import { roomAround } from './boxes.ts';
import type { Pen } from './canvas.ts';
import { cardPart, eachWord, type CardPart, type CardStyle } from './card.ts';
import { withAlpha } from './contrast.ts';
import { fittedText, type FittedText } from './fitted-text.ts';
import { listGrid, rowLimit } from './list-grid.ts';
import { measure } from './measure.ts';
import { paintPlate } from './plate.ts';
import { isRightToLeft } from './tokens.ts';

interface Row {
  readonly name: string;
  readonly amount: string;
}

/** Shares of a row's height. */
const inset = 0.24;
const mark = 0.52;
const nameSize = 0.44;
const smallest = 0.29;
const amountSize = 0.36;
const shadowBlur = 0.14;
const shadowDown = 0.05;

/** One after another in the first half of the scene. */
export function listParts(list: readonly string[], room: Box, aspect: Aspect, style: CardStyle): readonly CardPart[] {
  const rows = list.map(rowOf);
  const { rows: boxes, left } = listGrid(rows.length, room, aspect, naturalWidth(rows, rowLimit(aspect), style));
  const shown = left === 0 ? rows : [...rows.slice(0, boxes.length - 1), { name: `+ ${left + 1}`, amount: '' }];
  const first = boxes[0];
  if (first === undefined) return [];
  const size = Math.min(...shown.map((row) => setRow(row, first, first.height * nameSize, style).name.size));
  const start = Math.min(0.3, style.seconds / 8);
  const step = Math.max(0, style.seconds / 2 - start) / boxes.length;
  return boxes.map((box, at) => {
    const row = shown[at] ?? { name: '', amount: '' };
    return cardPart({
      ink: box,
      box: roomAround(box, box.height * (1.2 * shadowBlur + shadowDown)),
      start: start + at * step,
      end: style.seconds,
      entrance: 'rise',
      paint: (pen) => paintRow(pen, setRow(row, box, size, style), box, isRightToLeft(row.name), style),
    });
  });
}

/** "A4 paper · 2 sheets" has an amount. */
function rowOf(line: string): Row {
  const [name = '', ...amount] = line.split(' · ');
  return { name, amount: amount.join(' · ') };
}

interface SetRow {
  readonly name: FittedText;
  readonly amount: FittedText | undefined;
  readonly nameWidth: number;
  readonly amountWidth: number;
}

/** All names of a list have one size, the largest in which every one fits. */
function setRow({ name, amount }: Row, { width, height }: Box, largest: number, { families }: CardStyle): SetRow {
  const room = width - height * (inset * 3 + mark);
  const gap = height * inset;
  const set = (text: string, weight: 500 | 700, most: number, wide: number, mostLines: number): FittedText =>
    fittedText({
      text,
      weight,
      families,
      largest: Math.max(most, height * smallest),
      smallest: height * smallest,
      room: { width: wide, height: height * 0.82 },
      mostLines,
    });
  const setAmount = amount === '' ? undefined : set(amount, 500, Math.min(height * amountSize, largest * 0.9), room * 0.5, 1);
  const amountWidth = setAmount === undefined ? 0 : setAmount.width + gap;
  return { name: set(name, 700, largest, room - amountWidth, 2), amount: setAmount, nameWidth: room - amountWidth, amountWidth };
}

function paintRow(pen: Pen, { name, amount, nameWidth, amountWidth }: SetRow, box: Box, mirrored: boolean, { colours }: CardStyle): void {
  const { x, y, width, height } = box;
  const shadow = { colour: colours.shadow, blur: height * shadowBlur, down: height * shadowDown };
  paintPlate(pen, box, { radius: height * 0.3, colour: colours.plate, shadow });
  pen.strokeStyle = withAlpha(colours.letters, 0.14);
  pen.lineWidth = 2;
  pen.beginPath();
  pen.roundRect(x + 1, y + 1, width - 2, height - 2, height * 0.3 - 1);
  pen.stroke();
  const markAt = x + height * (inset + mark / 2);
  paintMark(pen, mirrored ? x + width - (markAt - x) : markAt, y + height / 2, height * mark, colours.pill, colours.onPill);
  const from = x + height * (inset * 2 + mark);
  const nameX = mirrored ? x + height * inset + amountWidth : from;
  paintText(pen, name, { x: nameX, width: nameWidth }, box, mirrored ? 'right' : 'left', colours.letters);
  if (amount === undefined) return;
  const amountX = mirrored ? x + height * inset : x + width - height * inset - amount.width;
  paintText(pen, amount, { x: amountX, width: amount.width }, box, mirrored ? 'left' : 'right', colours.litOnPlate);
}

function paintText(
  pen: Pen,
  text: FittedText,
  at: { readonly x: number; readonly width: number },
  { y, height }: Box,
  align: 'left' | 'right',
  colour: string,
): void {
  // Capitals and small letters together look centred a little above the middle of both.
  const top = text.lines.length === 1 ? y + height / 2 + text.size * 0.34 - text.ascent : y + (height - text.height) / 2;
  pen.fillStyle = colour;
  eachWord(pen, text, { ...at, y: top, align }, (word, left, base) => pen.fillText(word, left, base));
}

function paintMark(pen: Pen, x: number, y: number, size: number, ground: string, tick: string): void {
  pen.fillStyle = ground;
  pen.beginPath();
  pen.arc(x, y, size / 2, 0, Math.PI * 2);
  pen.fill();
  pen.strokeStyle = tick;
  pen.lineWidth = size * 0.12;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.beginPath();
  pen.moveTo(x - size * 0.21, y + size * 0.02);
  pen.lineTo(x - size * 0.06, y + size * 0.17);
  pen.lineTo(x + size * 0.22, y - size * 0.15);
  pen.stroke();
}

function naturalWidth(rows: readonly Row[], height: number, { families }: CardStyle): number {
  const widths = rows.map(({ name, amount }) => {
    const amountWidth =
      amount === '' ? 0 : measure(amount, `${Math.floor(height * amountSize)}px ${families(500)}`).width + height * inset * 2;
    return measure(name, `${Math.floor(height * nameSize)}px ${families(700)}`).width + amountWidth;
  });
  return Math.max(0, ...widths) + height * (inset * 3 + mark) + height * 0.2;
}
