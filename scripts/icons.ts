/**
 * Writes assets/icons/fluent-emoji.br: the icons that src/studio/pictures/things/icons names, made smaller.
 *
 *     npm install --no-save --prefix /tmp/icons @iconify-json/fluent-emoji@1.2.7
 *     node --conditions=@continuo/source scripts/icons.ts /tmp/icons/node_modules/@iconify-json/fluent-emoji/icons.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { packIcons } from '../src/studio/pictures/things/icon-file.ts';
import { iconWords } from '../src/studio/pictures/things/icons/icons.ts';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
  readonly aliases: Readonly<Record<string, { readonly parent: string; readonly hFlip?: boolean }>>;
}

const file = process.argv[2];
if (file === undefined) throw new Error('which icons.json? The head of scripts/icons.ts says where to get it');
// Of a package whose version the head of this file names.
const set = JSON.parse(readFileSync(file, 'utf8')) as IconSet;

function drawing(name: string): string {
  const alias = set.aliases[name];
  const body = set.icons[alias?.parent ?? name]?.body;
  if (body === undefined) throw new Error(`there is no icon ${name} in ${file}`);
  return alias?.hFlip === true ? `<g transform="matrix(-1 0 0 1 32 0)">${body}</g>` : body;
}

/** An icon is shown at most a thousand pixels wide: a thousandth of its unit is far below one of them. */
function rounded(body: string): string {
  return body.replace(/\.\d{4,}/g, (fraction) => {
    // The digits alone, since what stands before them may be a flag of an arc, glued to its number.
    const thousandths = Math.min(999, Math.round(Number(fraction) * 1000));
    return thousandths === 0 ? '.0' : `.${String(thousandths).padStart(3, '0').replace(/0+$/, '')}`;
  });
}

/** What is used by reference stands where it is used, since not every painter of SVG follows references. */
function withoutUses(body: string): string {
  const shapes = new Map<string, string>();
  for (const [, id, shape] of body.matchAll(/<path id="([^"]+)"([^>]*)\/>/g)) if (id !== undefined) shapes.set(id, shape ?? '');
  const whole = body.replace(/<use href="#([^"]+)"([^>]*)\/>/g, (_, id: string, more: string) => `<path${shapes.get(id)}${more}/>`);
  return whole.replace(/<path id="[^"]+"[^>]*\/>/g, '');
}

/** Each filter begins by laying the shape over nothing, which costs a layer and changes nothing. */
function withoutEmptyBackdrops(body: string): string {
  return body
    .replace(
      /<feFlood flood-opacity="0" result="BackgroundImageFix"\/><feBlend in="SourceGraphic" in2="BackgroundImageFix"( result="shape")?\/>/g,
      '',
    )
    .replace(/in2="shape"/g, 'in2="SourceGraphic"')
    .replace(/<feGaussianBlur result="[^"]*"/g, '<feGaussianBlur');
}

const innerShadow = new RegExp(
  [
    /<feColorMatrix in="SourceAlpha" result="hardAlpha" values="[0 ]+127 0"\/>/,
    /<feOffset([^>]*?)\/>(?:<feGaussianBlur ([^>]*)\/>)?/,
    /<feComposite in2="hardAlpha" k2="-1" k3="1" operator="arithmetic"\/>/,
    /<feColorMatrix values="0 0 0 0 (\S+) 0 0 0 0 (\S+) 0 0 0 0 (\S+) 0 0 0 (\S+) 0"\/>/,
    /<feBlend in2="([^"]*)"/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

/** The same shadows, by steps that are quicker to draw: colour, less where the moved shape lies, on the shape alone. */
function withQuickShadows(body: string): string {
  const hex = (share: string): string =>
    Math.round(Number(share) * 255)
      .toString(16)
      .padStart(2, '0');
  return body.replace(innerShadow, (_, offset: string, blur: string | undefined, ...[red, green, blue, alpha, under]: string[]) =>
    [
      `<feOffset in="SourceAlpha"${offset}`,
      ...(blur === undefined ? [] : [`/><feGaussianBlur ${blur}`]),
      ` result="b"/><feFlood flood-color="#${hex(red ?? '')}${hex(green ?? '')}${hex(blue ?? '')}"`,
      alpha === '1' ? '' : ` flood-opacity="${alpha}"`,
      `/><feComposite in2="b" operator="out"/><feComposite in2="${under}" operator="atop"`,
    ].join(''),
  );
}

function withShortIds(body: string): string {
  const short = new Map<string, string>();
  for (const [, id] of body.matchAll(/ id="([^"]+)"/g)) if (id !== undefined) short.set(id, short.size.toString(36));
  return body.replace(/( id="|url\(#|href="#)([^")]+)/g, (_, before: string, id: string) => before + (short.get(id) ?? id));
}

const smaller = (body: string): string => withShortIds(withQuickShadows(withoutEmptyBackdrops(withoutUses(rounded(body)))));
const bodies = new Map([...iconWords.keys()].map((name) => [name, smaller(drawing(name))]));
const packed = packIcons(bodies);
writeFileSync('assets/icons/fluent-emoji.br', packed);
console.log(`${bodies.size} icons, ${(packed.length / 1e6).toFixed(2)} MB`);
