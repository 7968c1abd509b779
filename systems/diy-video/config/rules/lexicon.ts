/** Words that a request is read by: what begins it, what joins its parts, what does not change its subject, and verbs. */
import { stemOf } from './words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that say nothing about the subject. */
export const fillers = set(
  'a an the my your our his her their its some any this that these those i you we me us it is are be do does can could should would will please want need show tell teach explain learn',
);

/** A part of the sentence ends here; what follows qualifies what came before. */
export const joints = set(
  'of for with without from in on at to into onto using by that which who so like near under over and or as than if when while because before after during against off out up through inside outside between around behind about but then not no',
);

/** Words that describe the doing or the film, and leave the subject what it is. */
export const neutral: ReadonlySet<string> = new Set(
  'easy easily simple simply quick quickly fast best better good well nice nicely great perfect perfectly beautiful beautifully pretty cute cool awesome cheap cheaply homemade diy home house kid kids child children beginner beginners step steps tutorial guide video lesson instructions minute minutes hour hours day days own really very super small little big large mini tiny giant old new at-home scratch hand easiest simplest fun funny basic ultimate proper properly correctly safely safe right way idea ideas project craft crafts five ten two three one first time make making yourself mom dad friend school party class neat neatly fly far further farther classic traditional real true quality ever amazing'
    .split(' ')
    .map(stemOf),
);

export type Family = 'make' | 'repair' | 'clean' | 'cook' | 'grow' | 'skill' | 'plan' | 'explore';

const verbsOf: Readonly<Record<Family, string>> = {
  make: 'make build create craft construct fold cut carve sew knit crochet weave braid paint draw print assemble decorate design wrap tie dye bind glue weld solder mount hang install set put attach paper stitch embroider upholster frame engrave mold sculpt wire connect light launch erect sand stain varnish knot roll dip pour plaster turn convert upcycle customize hook',
  repair:
    'fix repair mend patch restore replace change swap unclog unblock stop stuff tighten loosen adjust jump jumpstart refix reattach troubleshoot maintain service oil lube lubricate grease inflate reset recover revive unlock unjam fill close silence',
  clean:
    'clean wash descale iron press polish remove wipe scrub disinfect dust vacuum sweep deodorize freshen bleach sharpen hone declutter tidy clear detail rinse dry get rid kill dispose strip',
  cook: 'cook bake fry grill roast boil brew steam ferment pickle season whip marinate peel smoke poach scramble melt freeze preserve can prepare serve eat drink chop slice barbecue toast mix',
  grow: 'grow plant sow prune water propagate repot harvest germinate fertilize transplant compost care',
  skill:
    'learn play dance sing juggle swim ride drive ski skate surf run jump throw catch whistle write read speak type meditate practise practice do stand perform rap beatbox memorize study solve climb fish hunt sail pronounce shuffle spin kick punch box lift stretch shoot photograph film edit record act walk fly hold use check measure count recognize identify wear train',
  plan: 'plan organize organise start begin save invest budget pack prepare sell buy find choose rent apply host throw move travel visit celebrate manage run open quit negotiate become earn decide schedule book hire register vote get sort ship store send launch breed raise feed keep adopt',
  explore: 'understand know discover see exist work mean happen believe think feel',
};

/** Verbs by their stem, the first family that names one. */
export const families: ReadonlyMap<string, Family> = new Map(
  // The keys of a record of families are families.
  (Object.entries(verbsOf) as [Family, string][])
    .reverse()
    .flatMap(([family, verbs]) => verbs.split(' ').map((verb) => [stemOf(verb), family] as const)),
);

/** Where a guess can hurt somebody. */
export const hazards: ReadonlySet<string> = new Set(
  'gas propane electrical electricity mains wiring rewire fuse breaker socket outlet asbestos chimney boiler furnace bomb explosive explosives firework fireworks gun firearm weapon ammunition silencer poison drug drugs meth medicine medication dose overdose surgery wound wounds pregnancy abortion brakes airbag chainsaw lye acid chlorine chloroform nitroglycerin thermite suicide virus hack hacking lockpick steal counterfeit'
    .split(' ')
    .map(stemOf),
);

/** Names of harmless things with a word of the list in them. */
export const harmless =
  /\b(?:bath|seed|glitter|cocoa|chocolate) bombs?\b|\b(?:glue|water|squirt|nerf|toy|heat|staple|rubber band) guns?\b|\bcitric acid\b|\blife hacks?\b|\bfireworks? (?:drawing|painting|picture)\b/g;
