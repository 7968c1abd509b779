/** What stands well beside a thing that stands alone, because the one is used with the other. */
const pairs = `
  tie: dress-shirt mirror
  quilted-blanket: bed open-hands
  folded-clothes: hanger
  shadow-puppet: flashlight craft-sticks
  slime: glue-bottle food-colouring
  kite: string cloud
  paper-airplane: sheet-of-paper cloud
  paper-airplane-top: sheet-of-paper
  paper-airplane-side: sheet-of-paper
  origami-crane: coloured-paper
  paper-snowflake: scissors coloured-paper
  slit-paper-lantern: scissors coloured-paper
  folded-sheet: sheet-of-paper
  booklet: needle-and-thread pencil
  wreath: ribbon herb
  friendship-bracelet: thread
  candle-in-jar: wax-flakes wick
  candle: wax-flakes
  wax-flakes: wick
  soap-bars: soap-mould bubbles
  tie-dye-shirt: dye-bottles rubber-band
  button: needle-and-thread thread
  needle-and-thread: thread scissors
  yarn: knitting-needles
  knitting-needles: yarn
  paint-roller: paint-tin paint-brush
  paint-brush: paint-tin
  paint-tin: paint-brush
  artist-palette: paintbrush
  hammer: nail
  nail: hammer
  screwdriver: screw
  screw: screwdriver
  drill: screw
  carpentry-saw: plank
  plank: carpentry-saw
  sandpaper: plank
  putty-knife: hole-in-wall sandpaper
  hole-in-wall: putty-knife
  framed-picture: wall-hook hammer
  picture-frame: wall-hook spirit-level
  bookshelf: screwdriver screw
  tape-measure: pencil
  pencil: straight-ruler
  tap: wrench droplet
  sink: droplet
  plunger: sink
  washing-machine: bubbles
  kettle: droplet hot-beverage
  iron: ironing-board dress-shirt
  dress-shirt: hanger
  bucket: sponge bubbles
  mop: bucket
  broom: bucket
  window: spray-bottle cloth
  kitchen-knife: cutting-board
  sourdough-jar: flour-bag loaf
  dough: rolling-pin flour-bag
  whole-pizza: cheese-wedge tomato
  pancakes: butter honey-pot
  batter: whisk
  loaf: flour-bag
  egg: whisk
  boiled-egg: egg salt
  iced-coffee: ground-coffee ice
  ground-coffee: hot-beverage
  hot-beverage: kettle
  birthday-cake: whisk egg
  cookie: baking-tray
  saucepan: wooden-spoon
  frying-pan: spatula
  spaghetti: tomato
  potted-plant: watering-can
  seedling: watering-can
  seeds: soil-bag
  seedling-pot: watering-can
  herb-pots: watering-can
  herb: scissors
  tomato: watering-can
  terrarium: moss pebbles
  compost: garden-fork carrot
  bee-hotel: honeybee drill
  bird-feeder: bird seeds
  bottle-planter: plastic-bottle droplet
  bicycle: wrench
  bike-chain: oil-can
  bike-tyre: tyre-lever bike-pump
  bike-wheel: wrench
  inner-tube: bike-pump
  automobile: wrench
  car-wheel: wheel-wrench
  dipstick: oil-can
  car-battery: jumper-cables
  led: coin-battery wire
  led-card: coin-battery wire
  balloon-rocket: balloon string
  balloon: string
  model-volcano: baking-soda vinegar-bottle
  lava-lamp: oil-bottle food-colouring
  magnet: nail
  first-aid-kit: adhesive-bandage bandage
  backpack: water-canister flashlight
  shoelace-bow: running-shoe
  running-shoe: shoelace-bow
  envelopes: coin dollar-banknote
  piggy-bank: coin
  resume: pen
  laptop: keyboard
  open-suitcase: folded-clothes
  clothes-rail: folded-clothes
  phone-stand: mobile-phone
  wrapped-gift: ribbon wrapping-paper
  photo-backdrop: camera
  guitar: musical-notes
  musical-keyboard: musical-notes
  tent: fire
  notebook: pencil
  memo: pencil
  checklist: pencil check-mark-button
  bookmark-tabs: pencil
  books: magnifying-glass-tilted-left
  television: notebook
  flask: test-tube
  calendar: check-mark-button
  puzzle-piece: check-mark-button
  sparkles: cloth spray-bottle
  label: magnifying-glass-tilted-left
  video-camera: mobile-phone
  camera: picture-frame
  trophy: sparkles
  star: sparkles
  fire: wood
`;

const companions: ReadonlyMap<string, readonly string[]> = new Map(
  pairs
    .trim()
    .split('\n')
    .map((line): [string, readonly string[]] => {
      const [name = '', others = ''] = line.trim().split(': ');
      return [name, others.split(' ')];
    }),
);

export const companionsOf = (name: string): readonly string[] => companions.get(name) ?? [];

/** Every name that the list uses. */
export const companionNames: readonly string[] = [...companions].flatMap(([name, others]) => [name, ...others]);
