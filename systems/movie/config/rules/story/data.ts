/** What the story engine knows, by name. */
import arcs from '../data/arcs.json' with { type: 'json' };
import genres from '../data/genres.json' with { type: 'json' };
import looks from '../data/looks.json' with { type: 'json' };
import names from '../data/names.json' with { type: 'json' };
import settings from '../data/settings.json' with { type: 'json' };

export type Genre = (typeof genres)[number];
export type Setting = (typeof settings)[number];
export type Arc = (typeof arcs)[number];
export type Look = (typeof looks)['drama'];
export type NamePool = { readonly she: readonly string[]; readonly he: readonly string[] };

const lookByGenre: Readonly<Record<string, Look | undefined>> = looks;
const namesByPool: Readonly<Record<string, NamePool | undefined>> = names;

export { arcs, genres, settings };

const drama = genres.find(({ id }) => id === 'drama');
const village = settings.find(({ id }) => id === 'village');

export function genreCalled(text: string): Genre {
  const plain = text
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/^sci_?fi$/, 'science_fiction');
  const genre = genres.find(({ id }) => id === plain) ?? genres.find(({ id }) => plain.includes(id)) ?? drama;
  if (genre === undefined) throw new Error('The genres have no drama');
  return genre;
}

export function settingCalled(id: string): Setting {
  const setting = settings.find((other) => other.id === id) ?? village;
  if (setting === undefined) throw new Error('The settings have no village');
  return setting;
}

export function lookOf(genre: string): Look {
  return lookByGenre[genreCalled(genre).id] ?? looks.drama;
}

export function namesOf(pool: string): NamePool {
  return namesByPool[pool] ?? names.city;
}
