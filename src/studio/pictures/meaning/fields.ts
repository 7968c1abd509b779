/** What a film is about, roughly: by it a "plane" is of paper, of wood, or in the sky. Pure. */
import { tokensOf, verbs } from './words.ts';

const wordsOf = {
  paper: 'paper origami crease cardboard papercraft papercraft airplane snowflake lantern scrapbook papier collage book bind',
  wood: 'wood wooden carpentry carpenter woodworking timber lumber workbench chisel joint dowel furniture whittle carve drill hammer shaving sandpaper board shelf birdhouse',
  kitchen:
    'cook bake recipe kitchen oven dough flour pizza cake bread cookie egg pancake soup sauce fry roast boil food dish meal ingredient sugar butter cheese pasta rice salad chocolate coffee tea sourdough fruit vegetable snack brew batter chop slice grill tomato potato chicken granola brownie pie jam muffin smoothie peanut almond hummus',
  garden:
    'garden plant soil seed sow repot compost grow flower herb lawn prune bloom root seedling terrarium tulip daffodil hyacinth crocus autumn spring bee planter succulent mulch weed hedge allotment propagate',
  electric:
    'electric electricity electrical circuit battery led wire lamp socket switch volt watt fuse electronics electronic charger plug arduino solder bulb lightbulb charge screw-in',
  bike: 'bike bicycle cycle cyclist pedal handlebar saddle spoke',
  car: 'car engine motor driver garage bonnet truck motorcycle dipstick windscreen jump-start',
  cloth:
    'sew sewing fabric cloth thread needle button knit knitting crochet yarn shirt dress quilt embroidery embroider hem seam stitch ironing laundry wash sock scarf necktie wardrobe clothes t-shirt collar',
  dye: 'dye tie-dye batik indigo',
  water: 'tap drain sink toilet pipe leak plumbing bathroom overflow',
  home: 'bed bedding linen tap drain sink toilet pipe leak plumbing washing-machine kettle wall room drywall paint clean mop vacuum floor window house home furniture shower bathroom descale ceiling tile door hinge curtain',
  science:
    'science experiment lava fizz slime volcano shadow puppet magnet crystal chemistry physics laboratory balloon rocket vinegar microscope',
  body: 'hair fingernail manicure skin face makeup beauty massage tooth haircut beard shave first-aid wound bandage braid sleep',
  sport:
    'sport football soccer tennis cricket baseball basketball golf ball run running workout exercise yoga swim team player goalkeeper league hockey skate ski bowling gym serve',
  music: 'music guitar piano song violin drum sing instrument band play chord concert flute ukulele trumpet',
  computer: 'computer laptop keyboard software code program website internet file email pc desktop wireless usb excel',
  animal: 'animal pet dog cat bird zoo wildlife insect fish farm horse feed mammal cave nest hamster rabbit puppy kitten aquarium',
  money: 'money bank budget save saving invest account income loan pay salary tax cash stock debt',
  camp: 'camp camping tent fire campfire hike hiking survival outdoor wilderness trail fishing kindling firewood',
  party: 'party birthday gift balloon halloween christmas easter decoration costume wedding wreath holiday present',
  building: 'construction skyscraper concrete brick excavator cement mortar bricklaying',
} as const;

export type Field = keyof typeof wordsOf;

const fieldsByWord: ReadonlyMap<string, readonly Field[]> = (() => {
  const byWord = new Map<string, Field[]>();
  // The keys of a record of fields are fields.
  for (const [field, words] of Object.entries(wordsOf) as [Field, string][])
    for (const word of words.split(' ')) byWord.set(word, [...(byWord.get(word) ?? []), field]);
  return byWord;
})();

export const isField = (name: string): name is Field => Object.hasOwn(wordsOf, name);

/** How much a film and its scene belong to each field. */
export type Fields = ReadonlyMap<Field, number>;

/** The topic says more than a scene; both say it by many words rather than by one. */
export function fieldsOf(texts: readonly (readonly [text: string, weight: number])[]): Fields {
  const fields = new Map<Field, number>();
  for (const [text, weight] of texts) {
    const seen = new Set<string>();
    for (const { text: word, noun } of tokensOf(text)) {
      if (seen.has(noun)) continue;
      seen.add(noun);
      const known = [noun, ...verbs(word)].find((form) => fieldsByWord.has(form));
      for (const field of fieldsByWord.get(known ?? '') ?? []) fields.set(field, (fields.get(field) ?? 0) + weight);
    }
  }
  return fields;
}
