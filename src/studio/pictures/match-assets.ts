/** Which of the user's own pictures belongs to which scene, by the names of their files. Pure. */
import type { Asset } from './brief.ts';

export interface Described {
  readonly kind: string;
  readonly shows: string;
  readonly narration: string;
  readonly action: string | null;
  readonly number: number | null;
}

/** What cameras and programs call a picture says nothing about it. */
const empty = new Set(
  'img image images dsc dscn dscf pxl mvi picture pic photo foto screenshot screen shot scan whatsapp untitled copy final new edited at of the a an and to in on with for my step scene'.split(
    ' ',
  ),
);

/** For each scene, the picture that it shows. */
export function matchAssets(scenes: readonly Described[], assets: readonly Asset[]): ReadonlyMap<number, Asset> {
  const taken = new Map<number, Asset>();
  const rest = byWords(scenes, byNumber(scenes, assets, taken), taken);
  const nameless = rest.filter(({ name }) => wordsOf(name).length === 0);
  const free = scenes.flatMap(({ kind }, index) => (kind === 'step' && !taken.has(index) ? [index] : []));
  for (const [at, index] of free.entries()) {
    const asset = nameless[at];
    if (asset !== undefined) taken.set(index, asset);
  }
  return taken;
}

/** `step 3.png`, `03-fold-corners.jpg`: the number says it. A number without the word counts where no more digits stand in it than a step has. */
function byNumber(scenes: readonly Described[], assets: readonly Asset[], taken: Map<number, Asset>): readonly Asset[] {
  return assets.filter((asset) => {
    const number = /^(?:step|scene)?[\s_.-]*0?(\d)(?!\d)/i.exec(asset.name)?.[1] ?? /\bstep[\s_-]*0?(\d)(?!\d)/i.exec(asset.name)?.[1];
    const index = number === undefined ? -1 : scenes.findIndex((scene) => scene.kind === 'step' && scene.number === Number(number));
    if (index < 0 || taken.has(index)) return true;
    taken.set(index, asset);
    return false;
  });
}

/** The best pair first, each scene and each picture once; a picture that nobody wants is left over. */
function byWords(scenes: readonly Described[], assets: readonly Asset[], taken: Map<number, Asset>): readonly Asset[] {
  const texts = scenes.map(({ shows, action, narration }) => ({
    strong: new Set(stemsOf(`${shows} ${action ?? ''}`)),
    weak: new Set(stemsOf(narration)),
  }));
  const pairs = assets.flatMap((asset) =>
    texts.map(({ strong, weak }, index) => {
      const words = wordsOf(asset.name);
      const hits = words.reduce((sum, word) => sum + (strong.has(word) ? 2 : weak.has(word) ? 1 : 0), 0);
      return { asset, index, score: words.length === 0 ? 0 : hits / words.length };
    }),
  );
  const left = new Set(assets);
  for (const { asset, index, score } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (score < 0.5 || !left.has(asset) || taken.has(index)) continue;
    taken.set(index, asset);
    left.delete(asset);
  }
  return [...left];
}

const wordsOf = (name: string): readonly string[] => stemsOf(name.replace(/\.[^.]+$/, '').replaceAll('_', ' '));

function stemsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return words.filter((word) => !empty.has(word)).map((word) => word.replace(/(?:ies)$/, 'y').replace(/(?:ing|ed|es|s)$/, ''));
}
