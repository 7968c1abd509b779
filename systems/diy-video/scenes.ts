/** From a script to the scenes of a film. Pure. */
import type { SceneKind, TextCard } from 'continuo/studio';
import type { Script } from './config/rules/script.ts';

export interface Scene {
  readonly kind: SceneKind;
  /** What is said. */
  readonly narration: string;
  /** What the picture shows. */
  readonly shows: string;
  /** One action, as an imperative sentence. */
  readonly action: string | null;
  /** Of a step: its number. */
  readonly number: number | null;
  /** How long the script wants it on the screen. */
  readonly planned: number | null;
  readonly card: TextCard;
}

const noCard: TextCard = { title: null, heading: null, list: [], button: null };
const mostMaterials = 8;

export function scenesOf(script: Script): readonly Scene[] {
  return [
    {
      kind: 'title',
      narration: script.hook,
      shows: script.result.picture,
      action: null,
      number: null,
      planned: null,
      card: { ...noCard, title: script.title },
    },
    {
      kind: 'materials',
      narration: script.gather.narration,
      shows: script.gather.picture,
      action: null,
      number: null,
      planned: null,
      card: { ...noCard, heading: 'You need', list: listOf(script.materials) },
    },
    ...script.steps.map((step): Scene => ({
      kind: 'step',
      narration: step.narration,
      shows: step.picture,
      action: step.action,
      number: step.number,
      planned: step.seconds,
      card: { ...noCard, heading: `Step ${step.number} of ${script.steps.length}` },
    })),
    {
      kind: 'result',
      narration: script.result.narration,
      shows: script.result.picture,
      action: null,
      number: null,
      planned: null,
      card: { ...noCard, heading: 'Done' },
    },
    {
      kind: 'ending',
      narration: script.cta.narration,
      shows: script.result.picture,
      action: null,
      number: null,
      planned: null,
      card: { ...noCard, button: 'Save it for later' },
    },
  ];
}

/** Every text that will be read on the screen. */
export const shownIn = (scenes: readonly Scene[]): readonly string[] =>
  scenes.flatMap(({ narration, card: { title, heading, list, button } }) =>
    [narration, title, heading, button, ...list].filter((text) => text !== null),
  );

function listOf(materials: Script['materials']): readonly string[] {
  const lines = materials.map(({ name, amount }) => (amount === null || amount === '1' ? name : `${name} · ${amount}`));
  if (lines.length <= mostMaterials) return lines;
  return [...lines.slice(0, mostMaterials - 1), `and ${lines.length - mostMaterials + 1} more`];
}
