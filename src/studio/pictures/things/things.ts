/** The library of things that pictures show: SVG bodies for a box of 32 × 32, by name. */
import { readFileSync } from 'node:fs';
import { assetFile } from '../../asset-file.ts';
import { unpackIcons, type Icons } from './icon-file.ts';
import { iconWords } from './icons/icons.ts';
import { objectBody, objectNames, objectWords } from './objects/objects.ts';
import { prefixed } from './prefixed.ts';

/** The side of the box that every thing is drawn for. */
export const thingSize = 32;

let opened: Icons | undefined;
const icons = (): Icons => (opened ??= unpackIcons(readFileSync(assetFile('icons/fluent-emoji.br'))));

const names: ReadonlySet<string> = new Set([...objectNames, ...iconWords.keys()]);

/** What stands between `<svg>` and `</svg>`. Its ids begin with the prefix. */
export function thingSvg(name: string, prefix: string): string | undefined {
  const body = objectBody(name) ?? (iconWords.has(name) ? icons().body(name) : undefined);
  return body === undefined ? undefined : prefixed(body, prefix);
}

export const thingNames = (): readonly string[] => [...names];

export const isThing = (name: string): boolean => names.has(name);

/** The nouns that it stands for, in the singular. */
export const thingWords = (name: string): readonly string[] => objectWords(name) ?? iconWords.get(name) ?? [];
