/** Reads HTML as far as a reviewer needs it: elements with their attributes, what they lie in, and their text. */

export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly line: number;
  readonly parent: HtmlElement | undefined;
  /** All text inside, in one line. */
  text: string;
}

export interface HtmlDocument {
  readonly doctype: boolean;
  readonly elements: readonly HtmlElement[];
  /** Tags that do not fit together. */
  readonly slips: readonly { readonly line: number; readonly what: string }[];
}

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const raw = new Set(['script', 'style']);
// Elements of SVG that are written with a slash at their end.
const selfClosing = new Set(['path', 'circle', 'rect', 'line', 'polyline', 'polygon', 'ellipse', 'use', 'stop', 'image']);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function attributesOf(text: string): Readonly<Record<string, string | undefined>> {
  const attributes: Record<string, string | undefined> = {};
  for (const [, name = '', double, single, bare] of text.matchAll(/([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    attributes[name.toLowerCase()] = decoded(double ?? single ?? bare ?? '');
  }
  return attributes;
}

export function readHtml(source: string): HtmlDocument {
  const elements: HtmlElement[] = [];
  const slips: { line: number; what: string }[] = [];
  const open: HtmlElement[] = [];
  const token = /<!--[\s\S]*?-->|<!doctype[^>]*>|<\/([a-z][\w-]*)\s*>|<([a-z][\w-]*)((?:\s+(?:[^<>"']|"[^"]*"|'[^']*')*)?|\/)>|[^<]+|</gi;
  let line = 1;
  let skipUntil: string | undefined;
  for (const match of source.matchAll(token)) {
    const [whole, closing, opening, inside = ''] = match;
    const at = line;
    line += whole.split('\n').length - 1;
    if (skipUntil !== undefined && closing?.toLowerCase() !== skipUntil) continue;
    skipUntil = undefined;
    if (opening !== undefined) {
      const name = opening.toLowerCase();
      const element: HtmlElement = { name, attributes: attributesOf(inside.replace(/\/$/, '')), line: at, parent: open.at(-1), text: '' };
      elements.push(element);
      if (empty.has(name) || (inside.endsWith('/') && selfClosing.has(name))) continue;
      open.push(element);
      if (raw.has(name)) skipUntil = name;
    } else if (closing !== undefined) {
      const name = closing.toLowerCase();
      const place = open.findLastIndex((element) => element.name === name);
      if (place < 0) slips.push({ line: at, what: `</${name}> closes nothing` });
      else
        for (const left of open.splice(place).slice(1))
          slips.push({ line: left.line, what: `<${left.name}> is not closed before </${name}>` });
    } else if (!whole.startsWith('<')) {
      const text = decoded(whole);
      for (const element of open) element.text += text;
    }
  }
  for (const left of open) slips.push({ line: left.line, what: `<${left.name}> is never closed` });
  for (const element of elements) element.text = element.text.replace(/\s+/g, ' ').trim();
  return { doctype: /^\s*<!doctype html>/i.test(source), elements, slips };
}

export function within(element: HtmlElement, name: string): boolean {
  for (let at = element.parent; at !== undefined; at = at.parent) if (at.name === name) return true;
  return false;
}
