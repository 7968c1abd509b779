/**
 * A weekend in a city, planned by four small agents and one person.
 *
 * Nothing here is intelligent and nothing goes out to the network: the agents look things
 * up in their own notes and pause a little, so that you can watch. What is real is the
 * skeleton: steps side by side, a retry, a fan-out, a question, and a run that survives
 * Ctrl-C, or worse, at any moment.
 *
 *   npm run example
 */
import { agent, workflow } from 'continuo';
import { z } from 'zod';

const notes: Readonly<Record<string, readonly string[]>> = {
  lisbon: ['the lanes of Alfama', 'tram 28, end to end', 'a pastel de nata in Belém', 'the tile museum', 'sunset from Graça'],
  kyoto: ['the gates of Fushimi Inari', 'Nishiki market', 'a bath in Funaoka', 'the moss at Saihō-ji', 'dusk in Pontochō'],
  oslo: [
    'the roof of the opera',
    'an island by ferry',
    'the sculptures of Vigeland',
    'cardamom buns in Grünerløkka',
    'the sauna on the fjord',
  ],
};
const anywhere = [
  'the old town, on foot',
  'the market before nine',
  'the best view, for free',
  'a museum that nobody visits',
  'dinner where the cooks eat',
];

const guide = agent({
  id: 'guide',
  description: 'Knows five things to see in every city.',
  input: z.object({ city: z.string() }),
  output: z.object({ sights: z.array(z.string()) }),
  run: async ({ city }, ctx) => {
    ctx.progress(0.3, 'opening the notebook');
    await ctx.sleep(900);
    ctx.progress(0.8, 'underlining the good ones');
    await ctx.sleep(600);
    return { sights: [...(notes[city.toLowerCase()] ?? anywhere)] };
  },
});

const bookingDesk = agent({
  id: 'booking-desk',
  description: 'Finds a room. Its site is always busy at the first try.',
  input: z.object({ city: z.string() }),
  output: z.object({ hotel: z.string(), price: z.number() }),
  run: async ({ city }, ctx) => {
    ctx.progress(0.5, 'asking for a quiet room');
    await ctx.sleep(1000);
    if (ctx.attempt === 1) throw new Error('booking site busy');
    return { hotel: `Pensão Central, ${city}`, price: 84 };
  },
});

const scout = agent({
  id: 'scout',
  description: 'Finds out how long a sight takes.',
  concurrency: 2,
  input: z.object({ sight: z.string() }),
  output: z.object({ sight: z.string(), hours: z.number() }),
  run: async ({ sight }, ctx) => {
    ctx.log(`walking to ${sight}`);
    await ctx.sleep(800);
    return { sight, hours: 1 + (sight.length % 3) };
  },
});

const scribe = agent({
  id: 'scribe',
  description: 'Writes the plan down.',
  input: z.object({
    city: z.string(),
    pace: z.string(),
    hotel: z.string(),
    visits: z.array(z.object({ sight: z.string(), hours: z.number() })),
  }),
  output: z.object({ plan: z.string() }),
  run: async ({ city, pace, hotel, visits }, ctx) => {
    await ctx.sleep(900);
    const lines = visits.map(({ sight, hours }, at) => `${at + 1}. ${sight} (${hours} h)`);
    return { plan: [`${city}, ${pace}. You sleep at ${hotel}.`, ...lines].join('\n') };
  },
});

const trip = workflow('trip', { input: z.object({ city: z.string().min(1) }), description: 'A weekend in a city' })
  .step('sights', guide, ({ input }) => ({ city: input.city }))
  .step('hotel', bookingDesk, ({ input }) => ({ city: input.city }), { after: [], retry: { max: 3, delay: '1.2s' } })
  .map('visits', scout, ({ sights }) => sights.sights.map((sight) => ({ sight })), { after: ['sights'], concurrency: 2 })
  .ask('pace', {
    question: ({ input, visits }) => `${visits.length} things to see in ${input.city}: how do you like to travel?`,
    show: ({ visits, hotel }) => ({
      hotel: hotel.hotel,
      'a night': `€${hotel.price}`,
      sights: visits.map(({ sight, hours }) => `${sight}, ${hours} h`),
    }),
    choices: ['slowly', 'steadily', 'seeing everything'],
    after: ['visits', 'hotel'],
  })
  .step('plan', scribe, ({ input, pace, hotel, visits }) => ({
    city: input.city,
    pace: pace.choice,
    hotel: hotel.hotel,
    visits: [...visits].slice(0, pace.choice === 'slowly' ? 2 : pace.choice === 'steadily' ? 3 : 5),
  }))
  .output(({ input, hotel, plan }) => ({ city: input.city, hotel: hotel.hotel, plan: plan.plan.split('\n') }));

export default trip;
export const agents = [guide, bookingDesk, scout, scribe];
