/** The colours that a film may have: deep grounds with bright glows, so that white letters can be read on all of it. */
import type { Palette } from '../film/palette.ts';

const white = '#ffffff';

function palette(
  name: string,
  ground: readonly [string, string],
  glows: readonly string[],
  [accent, onAccent]: readonly [string, string],
  shade: string,
): Palette {
  return { name, ground, glows, accent, onAccent, ink: white, shade };
}

const sun = ['#ffd84d', '#14102b'] as const;
const lemon = ['#ffe45e', '#1d1a05'] as const;
const ice = ['#7df9e9', '#05202b'] as const;
const lime = ['#c8f75a', '#13250a'] as const;
const peach = ['#ffc17a', '#2b1005'] as const;

const night = palette('night', ['#0b1037', '#1b1464'], ['#5b2be0', '#0091b8', '#c22f8a', '#2f5fe0'], sun, '#0b0824');
const dusk = palette('dusk', ['#2a0f4a', '#5a1560'], ['#8a35d6', '#c23b8f', '#3f49d0', '#d0486a'], sun, '#17062b');
const coral = palette('coral', ['#3a0d3f', '#7a1748'], ['#c93f55', '#b85f1f', '#9a22b0', '#c22869'], ice, '#22061f');
const ember = palette('ember', ['#3d0f16', '#7a1f1c'], ['#b8452a', '#a86518', '#a3264f', '#c23a2a'], lemon, '#220609');
const honey = palette('honey', ['#4a1a0a', '#7d3a0c'], ['#a85f10', '#b0501f', '#8f3a1a', '#a87a12'], lemon, '#260d03');
const garden = palette('garden', ['#06302b', '#0b5a3c'], ['#14824a', '#00857a', '#5f8f1c', '#0c6a90'], lemon, '#04201a');
const moss = palette('moss', ['#12290f', '#2b4a12'], ['#3f7a1f', '#6a7d18', '#1f7a52', '#2f6a2a'], peach, '#0a1a08');
const lagoon = palette('lagoon', ['#032b3a', '#044a59'], ['#008a82', '#1560c9', '#2f8f70', '#0074b8'], sun, '#021a24');
const ocean = palette('ocean', ['#041e42', '#063f78'], ['#1267c4', '#0086a8', '#3d4fd6', '#0a78b0'], sun, '#03122a');
const workshop = palette('workshop', ['#0d2330', '#16445a'], ['#1f7a94', '#a85a1c', '#2a5fa8', '#8a4a22'], peach, '#07151d');
const violet = palette('violet', ['#221053', '#43188a'], ['#7a3ae0', '#b03ab8', '#3a55e0', '#9a32c0'], lime, '#120733');
const berry = palette('berry', ['#3b0a35', '#6a1150'], ['#a82a80', '#7a35c0', '#b83a5f', '#8a1f8a'], lemon, '#20041d');

export const palettes: readonly Palette[] = [night, dusk, coral, ember, honey, garden, moss, lagoon, ocean, workshop, violet, berry];

/** The first that fits decides; what a film for children likes best stands first. */
const families: readonly { readonly words: RegExp; readonly grown: readonly Palette[]; readonly kids: readonly Palette[] }[] = [
  {
    words:
      /\b(?:star|stars|space|planet|moon|night|rocket|universe|galaxy|science|experiment|crystal|volcano|magnet|electric|electro|circuit|battery|light|lamp|bulb|lantern|robot)/i,
    grown: [night, violet, dusk],
    kids: [violet, night, dusk],
  },
  {
    words:
      /\b(?:water|wash|rinse|sea|ocean|swim|boat|ship|fish|aquarium|rain|tap|faucet|drain|sink|toilet|pipe|leak|shower|bath|clean|mop|window|ice|slime|bubble)/i,
    grown: [ocean, lagoon, workshop],
    kids: [lagoon, ocean, violet],
  },
  {
    words:
      /\b(?:plant|garden|seed|sow|tree|herb|flower|compost|soil|lawn|grow|tomato|basil|prun|bird|bee|insect|leaf|forest|terrarium|succulent|camp|tent|hike)/i,
    grown: [garden, moss, lagoon],
    kids: [garden, lagoon, moss],
  },
  {
    words:
      /\b(?:cook|bak|bread|cake|cookie|pizza|pasta|egg|soup|sauce|pancake|coffee|tea|rice|dough|recipe|kitchen|butter|jam|pickle|sourdough|food|fruit|knife|onion|chocolate|salad)/i,
    grown: [ember, honey, coral],
    kids: [coral, berry, honey],
  },
  {
    words:
      /\b(?:drill|saw|wood|shelf|shelves|screw|nail|hammer|paint|wall|tile|bike|bicycle|tyre|tire|car|engine|oil|chain|hinge|door|furniture|repair|fix|assemble|sharpen|solder|sand)/i,
    grown: [workshop, honey, ocean],
    kids: [workshop, lagoon, violet],
  },
  {
    words:
      /\b(?:knit|sew|crochet|yarn|fabric|dye|candle|soap|bracelet|necklace|card|gift|wrap|party|balloon|clay|origami|craft|draw|puppet|mask|hair|braid|tie|makeup)/i,
    grown: [dusk, berry, violet],
    kids: [violet, berry, coral],
  },
  { words: /\b(?:paper|plane|airplane|kite|fold|fly|wind|sky)/i, grown: [ocean, violet, night], kids: [violet, ocean, lagoon] },
];

/** By what the film is about; the seed chooses among those that suit. */
export function paletteFor(topic: string, mood: 'kid' | 'adult', seed: number): Palette {
  const family = families.find(({ words }) => words.test(topic));
  const fitting = family === undefined ? palettes : mood === 'kid' ? family.kids : family.grown;
  return fitting[seed % fitting.length] ?? night;
}
