/** What is shown where a scene's words name nothing: something honest for the kind of scene and of film. Pure. */
import type { SceneKind } from '../../film/scene.ts';
import type { Field, Fields } from './fields.ts';

const ofField: Readonly<Record<Field, readonly string[]>> = {
  paper: ['sheet-of-paper', 'scissors', 'pencil', 'straight-ruler'],
  wood: ['toolbox', 'hammer', 'carpentry-saw', 'screwdriver'],
  kitchen: ['cook', 'mixing-bowl', 'saucepan', 'fork-and-knife-with-plate'],
  garden: ['seedling', 'potted-plant', 'sun', 'droplet'],
  electric: ['light-bulb', 'battery', 'electric-plug', 'high-voltage'],
  bike: ['bicycle', 'bike-wheel', 'wrench', 'bike-pump'],
  car: ['automobile', 'wrench', 'mechanic', 'car-wheel'],
  cloth: ['thread', 'yarn', 'scissors', 't-shirt'],
  dye: ['dye-bottles', 'white-t-shirt', 'gloves', 'bucket'],
  water: ['tap', 'droplet', 'wrench', 'bucket'],
  home: ['house', 'toolbox', 'bucket', 'broom'],
  science: ['test-tube', 'scientist', 'magnifying-glass-tilted-left', 'light-bulb'],
  body: ['mirror', 'lotion-bottle', 'person', 'sparkles'],
  sport: ['running-shoe', 'soccer-ball', 'stopwatch', 'trophy'],
  music: ['musical-notes', 'guitar', 'musical-keyboard', 'microphone'],
  computer: ['laptop', 'mobile-phone', 'keyboard', 'computer-mouse'],
  animal: ['paw-prints', 'dog', 'cat', 'red-heart'],
  money: ['money-bag', 'coin', 'bar-chart', 'receipt'],
  camp: ['tent', 'fire', 'compass', 'backpack'],
  party: ['party-popper', 'balloon', 'wrapped-gift', 'confetti-ball'],
  building: ['construction-worker', 'brick', 'building-construction', 'rescue-workers-helmet'],
};

/** A film about anything at all. */
const ofAny: Readonly<Record<SceneKind, readonly string[]>> = {
  title: ['light-bulb', 'sparkles', 'star'],
  materials: ['toolbox', 'pencil', 'scissors', 'clipboard'],
  step: ['light-bulb', 'pencil', 'magnifying-glass-tilted-left', 'gear', 'puzzle-piece', 'memo', 'hammer-and-wrench', 'check-mark-button'],
  result: ['trophy', 'sparkles', 'star'],
  ending: ['red-heart', 'party-popper', 'star'],
};

export interface Silent {
  readonly kind: SceneKind;
  readonly number: number | null;
}

export function familiarThings({ kind, number }: Silent, fields: Fields): readonly string[] {
  const field = [...fields].toSorted(([, a], [, b]) => b - a)[0]?.[0];
  const things = field === undefined || kind === 'ending' ? ofAny[kind] : ofField[field];
  if (kind !== 'step') return things;
  // Every step begins with another one.
  const from = ((number ?? 1) - 1) % things.length;
  return [...things.slice(from), ...things.slice(0, from)];
}

/** Every name that the lists use. */
export const familiarNames: readonly string[] = [...Object.values(ofField), ...Object.values(ofAny)].flat();
