/** Reads addresses, handles, tags and names of files: shortly, as a person would. */
import type { Rule } from './place.ts';
import { spell } from './letters.ts';

const endings = new Set('com org net edu gov io dev app co uk de fr es it eu us ca au jp info tv me ai shop store blog xyz'.split(' '));
const kinds = new Set('js ts py html css json txt pdf jpg jpeg png gif svg md csv mp3 mp4 zip stl docx xlsx ino cpp java php'.split(' '));

/** The words of a name: what is to be read on by the other rules. */
export type ReadPart = (part: string) => readonly string[];

/** "https://www.example.com/a/b?c" → example dot com. What stands behind the host would not be understood. */
export function webAddress(core: string, read: ReadPart): readonly string[] | undefined {
  const [, scheme, host = ''] = /^(https?:\/\/)?(?:www\.)?((?:[\p{L}\d-]+\.)+\p{L}{2,})(?:[/?#:]\S*)?$/iu.exec(core) ?? [];
  if (host === '') return scheme === undefined && /^https?:\/\//i.test(core) ? ['a', 'link'] : undefined;
  const parts = host.split('.');
  if (scheme === undefined && !/^www\./i.test(core) && !endings.has((parts.at(-1) ?? '').toLowerCase())) return undefined;
  return parts.flatMap((part, index) => [...(index > 0 ? ['dot'] : []), ...partOfHost(part, index > 0, read)]);
}

export function mailAddress(core: string, read: ReadPart): readonly string[] | undefined {
  const [, name = '', host = ''] = /^([\p{L}\d._%+-]+)@((?:[\p{L}\d-]+\.)+\p{L}{2,})$/u.exec(core) ?? [];
  if (name === '') return undefined;
  const said = name.split('.').flatMap((part, index) => [...(index > 0 ? ['dot'] : []), ...read(part)]);
  return [
    ...said,
    'at',
    ...host.split('.').flatMap((part, index) => [...(index > 0 ? ['dot'] : []), ...partOfHost(part, index > 0, read)]),
  ];
}

/** "#DIY" → hashtag D I Y; "@maker" → at maker. */
export function handle(core: string, read: ReadPart): readonly string[] | undefined {
  const [, sign = '', name = ''] = /^([#@])([\p{L}_][\p{L}\d_.]*)$/u.exec(core) ?? [];
  if (name === '') return undefined;
  // "#PaperPlane" is two words.
  const words = name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[_. ]+/);
  return [sign === '#' ? 'hashtag' : 'at', ...words.filter((word) => word !== '').flatMap((word) => read(word))];
}

/** "main.py", "Node.js". */
export function fileName(core: string, read: ReadPart): readonly string[] | undefined {
  const [, name = '', kind = ''] = /^([\p{L}\d_-]+)\.(\p{L}{2,4}\d?)$/u.exec(core) ?? [];
  if (!kinds.has(kind.toLowerCase())) return undefined;
  return [...read(name), 'dot', ...(kind.length <= 3 ? spell(kind) : read(kind))];
}

function partOfHost(part: string, inEnding: boolean, read: ReadPart): readonly string[] {
  return inEnding && part.length === 2 && part !== 'co' ? spell(part) : read(part);
}

export const asRule =
  (readAddress: (core: string, read: ReadPart) => readonly string[] | undefined, read: ReadPart): Rule =>
  ({ core }) =>
    readAddress(core, read);
