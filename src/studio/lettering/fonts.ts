/**
 * The fonts that letters are drawn with: Poppins, which comes along, and for what it lacks the fonts of the machine.
 * Which of those is taken depends on the text alone (and on the machine), so that the same text looks the same.
 */
import { createHash } from 'node:crypto';
import { ContinuoError } from '../../core/errors.ts';
import { assetFile } from '../asset-file.ts';
import { canvasPackage } from './canvas.ts';
import { readCoverage, type Coverage } from './font-coverage.ts';
import { fontFilesIn, fontFolders, type FontFile } from './font-files.ts';
import { written } from './written.ts';

export type Weight = 500 | 700 | 800;

const ours: Readonly<Record<Weight, string>> = {
  500: 'fonts/Poppins_500Medium.ttf',
  700: 'fonts/Poppins_700Bold.ttf',
  800: 'fonts/Poppins_800ExtraBold.ttf',
};

let poppins: Coverage | undefined;

/** The three weights have the same characters. */
function poppinsHas(codePoint: number): boolean {
  poppins ??= readCoverage(assetFile(ours[700]));
  return poppins?.has(codePoint) === true;
}

/** The font families for a text, as CSS lists them. */
export type Families = (weight: Weight) => string;

export function familiesFor(texts: readonly string[], folders: readonly string[] = fontFolders()): Families {
  const letters = lettersOf(texts.join(' '));
  const missing = letters.filter((letter) => !poppinsHas(codeOf(letter)));
  const fallbacks = missing.length === 0 ? [] : covering(missing, fontFilesIn(folders));
  const others = fallbacks.map((file) => registered(file.path, `continuo-${digest(file.path)}`));
  const [first] = fallbacks;
  // One alphabet in two fonts, letter by letter, looks like a mistake: then all of it is in the font that has it whole.
  const whole = first !== undefined && missing.some(isCased) && letters.every((letter) => first.coverage.has(codeOf(letter)));
  return (weight) => {
    const own = registered(assetFile(ours[weight]), `continuo-poppins-${weight}`);
    return (whole ? [...others, own] : [own, ...others]).map((name) => `"${name}"`).join(', ');
  };
}

/** The letters of the text that no font here has, each once. Emoji and symbols do not count: they are left out. */
export function undrawable(text: string, folders: readonly string[] = fontFolders()): string {
  return lettersOf(lettered(text, folders))
    .filter((letter) => !drawable(letter, folders))
    .join('');
}

/** The text as it is drawn: as {@link written}, without the symbols (arrows, stars) that no font here has. */
export function lettered(text: string, folders: readonly string[] = fontFolders()): string {
  const plain = written(text);
  const lacking = lettersOf(plain).filter((letter) => /\p{S}/u.test(letter) && !drawable(letter, folders));
  return lacking.length === 0
    ? plain
    : written(
        Array.from(plain)
          .filter((letter) => !lacking.includes(letter))
          .join(''),
      );
}

/** Throws TEXT_UNDRAWABLE with the letters that no font here has, and says where to put one. */
export function mustBeDrawable(texts: readonly string[], folders: readonly string[] = fontFolders()): void {
  for (const text of texts) {
    const letters = undrawable(text, folders);
    if (letters === '') continue;
    const where = process.env['CONTINUO_FONTS'] ?? '';
    const mend = where === '' ? 'a folder, and name the folder in CONTINUO_FONTS' : `${where}, which CONTINUO_FONTS names`;
    throw new ContinuoError(
      'TEXT_UNDRAWABLE',
      `no font here has ${shortened(letters, 20)} (in ${JSON.stringify(shortened(text, 60))}): ` +
        `put a font that has them (.ttf, .otf) into ${mend}; free ones for every script are at fonts.google.com/noto`,
      { letters },
    );
  }
}

function drawable(letter: string, folders: readonly string[]): boolean {
  const code = codeOf(letter);
  return poppinsHas(code) || fontFilesIn(folders).some(({ coverage }) => coverage.has(code));
}

/** Few fonts that have the letters together: each time the one that has most of what is left. */
function covering(letters: readonly string[], files: readonly FontFile[]): readonly FontFile[] {
  const chosen: FontFile[] = [];
  let left = letters;
  while (left.length > 0) {
    const ranked = files.map((file) => ({ file, has: left.filter((letter) => file.coverage.has(codeOf(letter))).length }));
    const best = ranked.reduce((one, other) => (other.has > one.has ? other : one), ranked[0] ?? { file: undefined, has: 0 });
    if (best.file === undefined || best.has === 0) break;
    const { file } = best;
    chosen.push(file);
    left = left.filter((letter) => !file.coverage.has(codeOf(letter)));
  }
  return chosen;
}

function registered(path: string, name: string): string {
  const { GlobalFonts } = canvasPackage();
  if (!names.has(name)) {
    // What is registered stays registered.
    if (!GlobalFonts.has(name)) GlobalFonts.registerFromPath(path, name);
    names.add(name);
  }
  return name;
}

const names = new Set<string>();

/** Both cases: captions may be written in capitals. What stands for no picture of its own (joiners, spaces) is no letter. */
function lettersOf(text: string): readonly string[] {
  return [...new Set(Array.from(`${text}${text.toUpperCase()}`))].filter(
    (letter) => !/[\s\u200C\u200D\p{Variation_Selector}]/u.test(letter),
  );
}

const isCased = (letter: string): boolean => /[\p{Lu}\p{Ll}]/u.test(letter);
const codeOf = (letter: string): number => letter.codePointAt(0) ?? 0;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most).join('')}…`;
}
