import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import { storyboard, storyboardInputSchema, storyboardSchema, type Eyes, type Storyboard, type StoryboardInput } from './storyboard.ts';

/** Decides what the scenes of a film show, all of them together. */
export const storyboardAgent = (eyes: Eyes): StudioAgent<StoryboardInput, Storyboard> =>
  studioAgent({
    id: 'studio.storyboard',
    version: '2',
    description: 'Decides what each scene of a film shows and how, so that no two look the same and all belong together.',
    capabilities: ['storyboard'],
    input: storyboardInputSchema,
    output: storyboardSchema,
    run: (film) => Promise.resolve(storyboard(film, eyes)),
  });
