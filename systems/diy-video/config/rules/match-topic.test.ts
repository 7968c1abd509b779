import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { topics } from './knowledge.ts';
import { matchTopic } from './match-topic.ts';

const idFor = (text: string): string | undefined => matchTopic(text, topics)?.id;

const known: Readonly<Record<string, readonly string[]>> = {
  'paper-airplane': [
    'how to make paper airplanes that fly far',
    'How do I fold a paper plane?',
    'paper aeroplane tutorial',
    'make a paperplane',
    'best way to make a paper airplane for kids',
    'how to make paper airplans',
    'PAPER AIRPLANE',
    'I want to learn how to fold a really cool paper airplane',
  ],
  'tie-a-tie': ['how to tie a tie', 'tying a tie', 'How do I tie my tie for a wedding?', 'how to tie a necktie'],
  'tie-dye-shirt': ['how to tie-dye a shirt', 'tie dye t-shirt', 'how to make a tie dye tshirt at home', 'dyeing a shirt'],
  'change-tyre': ['how to change a tire', 'change a flat tyre', 'changing a car tire', 'how to change a tyre on a car'],
  'bicycle-tube': [
    'fix a flat tire on my bike',
    'how to change a bicycle inner tube',
    'change a bike tube',
    'how do I repair a bicycle puncture',
  ],
  'jump-start': ['jump-start a car', 'how to jumpstart my car', 'use jumper cables', 'how to jump start a dead car battery'],
  'check-oil': ['how to check the oil', 'check engine oil level', 'how do I check the oil in my car'],
  'boiled-eggs': ['hard-boiled eggs', 'how to boil eggs', 'perfect hard boiled eggs', 'how to peel boiled eggs'],
  'sourdough-starter': ['sourdough starter', 'how to make a sourdough starter from scratch', 'begin a sour dough starter'],
  'cold-brew': ['cold brew coffee', 'how to make cold-brew coffee at home', 'coldbrew'],
  'leaky-tap': ['fix a leaky tap', 'how to stop a dripping faucet', 'stop a tap from dripping', 'repair a leaking kitchen faucet'],
  'unclog-drain': ['unclog a drain', 'how to unblock a sink', 'how do I clear a blocked drain without chemicals'],
  'patch-drywall': ['patch drywall', 'how to fix a hole in drywall', 'repair a hole in the wall'],
  'washing-machine': ['clean a washing machine', 'how to clean a smelly washing machine'],
  'descale-kettle': ['descale a kettle', 'remove limescale from a kettle', 'how to clean a kettle'],
  'sharpen-knife': ['sharpen a knife', 'how to sharpen kitchen knives', 'sharpening a knife with a whetstone'],
  'iron-shirt': ['iron a shirt', 'how to iron a dress shirt'],
  'sew-button': ['sew a button', 'how to sew a button on a shirt', 'sew on a button'],
  'origami-crane': ['origami crane', 'how to fold a paper crane'],
  'book-binding': ['how to bind a book', 'pamphlet stitch', 'bookbinding for beginners', 'make a notebook'],
  'papier-mache-bowl': ['papier-mâché bowl', 'paper mache bowl', 'make a papier mache bowl'],
  'paper-lantern': ['paper lantern', 'how to make paper lanterns'],
  'gift-wrapping': ['gift wrapping', 'how to wrap a present', 'wrap a gift neatly'],
  'friendship-bracelet': ['friendship bracelet', 'how to make freindship bracelets'],
  candle: ['make a candle', 'how to make soy candles', 'homemade scented candle'],
  soap: ['make soap', 'how to make melt and pour soap', 'handmade soap bars'],
  slime: ['slime', 'how to make fluffy slime', 'how do you make slime?'],
  volcano: ['baking-soda volcano', 'how to make a model of a volcano', 'vinegar volcano experiment'],
  'lava-lamp': ['lava lamp', 'how to make a lava lamp in a bottle'],
  'balloon-rocket': ['balloon rocket', 'build a balloon-powered rocket'],
  'led-circuit': ['simple circuit with a battery and LED', 'light an LED with a battery', 'build an LED circuit'],
  'shadow-puppets': ['shadow puppet', 'how to make shadow puppets'],
  kite: ['make a kite', 'how to build a diamond kite', 'homemade kite that flies'],
  compost: ['compost', 'how to start a compost heap', 'composting at home'],
  'herb-garden': ['herb garden on a windowsill', 'grow herbs on a windowsill', 'how to grow basil'],
  'repot-plant': ['repot a plant', 'repotting a houseplant'],
  'self-watering-planter': ['self-watering planter', 'make a self watering pot from a bottle'],
  terrarium: ['terrarium', 'how to make a closed terrarium', 'make a bottle garden'],
  'bee-hotel': ['bee hotel', 'build a bee house', 'how to build an insect hotel'],
  'bird-feeder': ['bird feeder', 'make a birdfeeder from a bottle', 'how to build a bird feeder'],
  wreath: ['wreath', 'how to make a christmas wreath'],
  'photo-backdrop': ['photo backdrop', 'make a backdrop for photos'],
  'phone-stand': ['phone stand from cardboard', 'make a phone holder out of cardboard'],
  'first-aid-kit': ['first-aid kit', 'put together a first aid kit'],
  'emergency-kit': ['emergency kit', 'pack a go bag'],
  'budget-envelopes': ['budget envelope system', 'cash stuffing', 'how to use the envelope budgeting method'],
  resume: ['resume', 'how to write a resume', 'write a CV', 'how to write a résumé'],
  'declutter-wardrobe': ['declutter a wardrobe', 'how to organize my closet', 'declutter your clothes'],
  'pack-suitcase': ['pack a suitcase', 'how to pack a suitcase for a week'],
  'hang-picture': ['hang a picture straight', 'how to hang pictures'],
  'paint-wall': ['paint a wall', 'how to paint a room', 'painting walls'],
  'flat-pack': ['assemble a flat-pack shelf', 'put together a bookshelf', 'assemble ikea furniture'],
  pancakes: ['pancakes', 'how to make pancakes', 'fluffy pancakes for breakfast'],
  pizza: ['homemade pizza', 'make pizza at home', 'how to make pizza dough'],
  'fold-fitted-sheet': ['fold a fitted sheet'],
  shoelaces: ['tie shoelaces', 'how to tie your shoes'],
  'paper-snowflake': ['cut a paper snowflake', 'paper snowflakes'],
  'bicycle-chain': ['clean a bicycle chain', 'oil a bike chain'],
};

const unknown = [
  'how to make a paper airplane cake',
  'how to buy a plane ticket',
  'build a stand for a kite',
  'how to fly a kite',
  'kite surfing',
  'how to draw a kite',
  'how to knit a scarf',
  'how to make a knife',
  'sharpen a pencil with a knife',
  'how to store candles',
  'get candle wax out of a carpet',
  'how to make a slide',
  'how to smile',
  'history of soap',
  'how to open a soap shop',
  'how to make soap bubbles',
  'is slime dangerous?',
  'why do kites fly',
  'what is compost made of',
  'how does a lava lamp work',
  'how to repair a lava lamp',
  'how to make vegan pancakes',
  'potato pancakes',
  'build a pizza oven',
  'how to eat pizza',
  'how to tie a bow tie',
  'how to clean a tie',
  'how to change a tire on a motorcycle',
  'how to change the oil in a car',
  'how to make an emergency call',
  'how to resume a download',
  'how to make a soap dispenser',
  'how to remove a tie dye stain',
  'how to paint a fence',
  'how to paint your nails',
  'how to hang a door',
  'how to train a dog',
  'how to make a website',
  'how to unclog a toilet',
  'how to clean a fish tank',
  'how to build a treehouse',
  'how to make sushi',
  'how to juggle',
  'how to boil pasta',
  'how to sew a dress',
  'how to make a candle holder',
  'how to plant a tree',
  'how to write a novel',
  'how to raise bees for honey',
  'how to feed a baby',
  'how to feed birds',
  'how to make a mirror',
  'how to jump higher',
  'how to iron on a patch',
  'how to pack a lunch box',
  'how to climb a volcano',
  'how to lace boots with a machine',
  '',
  '🎈🎈🎈',
  'wie baue ich ein Vogelhaus',
  'comment faire du pain',
  '紙飛行機の作り方',
  'asdfgh qwertz',
  'the',
  'how to',
  'how to make',
] as const;

describe('which topic is meant', () => {
  for (const [id, texts] of Object.entries(known))
    test(`${id} is found`, () => {
      for (const text of texts) assert.equal(idFor(text), id, text);
    });

  test('every topic is found by its own phrase and by each of its names', () => {
    for (const topic of topics) {
      assert.equal(idFor(`how to ${topic.phrase}`), topic.id);
      for (const name of topic.names) assert.equal(idFor(name), topic.id, name);
    }
  });

  test('no topic is found for what is not known', () => {
    for (const text of unknown) assert.equal(idFor(text), undefined, text);
  });

  test('every topic is tried here', () =>
    assert.deepEqual(
      topics.map(({ id }) => id).filter((id) => known[id] === undefined),
      [],
    ));

  test('a word in the middle of a long request finds nothing', () => {
    const long = `${'please explain in great detail the complicated economics of shipping '.repeat(20)} paper and airplane parts to customers`;
    assert.equal(idFor(long), undefined);
  });
});
