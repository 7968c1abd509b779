/** Which mood suits a topic, by its words. */
import type { Mood } from './mood.ts';

const words: Readonly<Record<Exclude<Mood, 'kid-playful' | 'upbeat'>, RegExp>> = {
  calm: /\b(?:sleep|meditat|yoga|breath|relax|stretch|massage|declutter|organi[sz]|journal|candle|bath|tea|grow|garden|plant|seed|sow|prun|water(?:ing|colou?r)|herb|flower|compost|bonsai|origami|calligraph|letter|paint|draw|sketch|knit|crochet|sew|embroider|weav)/,
  cozy: /\b(?:bak|cook|bread|sourdough|cake|cookie|pie|pizza|pasta|soup|stew|sauce|pancake|coffee|espresso|cocoa|chocolate|roast|fry|grill|brew|recipe|dough|egg|rice|salad|sandwich|jam|pickl|cheese|dinner|breakfast|kitchen|blanket|scarf|wine|cocktail)/,
  curious:
    /\b(?:how does|why|understand|explain|work(?:s)?$|work(?:s)? and|science|experiment|volcano|crystal|magnet|circuit|electr|battery|robot|microscope|telescope|planet|star|space|chemist|physic|math|code|program|algorithm|computer|network|engine|brain|cell|atom|bridge|puzzle|cube|magic|trick|chess|repair|fix|unclog|leak|wire|wiring|diagnos|sharpen|solder)/,
  energetic:
    /\b(?:run|sprint|workout|exercise|push-?ups?|pull-?ups?|gym|muscle|dance|skate|surf|ski|snowboard|climb|box|kick|punch|basketball|football|soccer|tennis|bike|bicycle|motor|race|drum|parkour|jump|juggl|swim|lift)/,
};

/** What is the most specific is asked first: cooking a soup is cozy, though soup herbs grow calmly. */
const order = ['energetic', 'cozy', 'calm', 'curious'] as const;

export function moodFor(topic: string, contentMode: 'kid' | 'adult'): Mood {
  if (contentMode === 'kid') return 'kid-playful';
  const text = topic.toLowerCase();
  return order.find((mood) => words[mood].test(text)) ?? 'upbeat';
}
