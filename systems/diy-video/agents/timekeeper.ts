/** Decides when everything happens. */
import { agent } from 'continuo';
import { timelineOf, type Placed, type Spoken } from '../timeline.ts';

export const timekeeper = agent({
  id: 'diy-video.timekeeper',
  description: 'Places the scenes in time, by how long their voices speak.',
  run: ({ scenes, target }: { readonly scenes: readonly Spoken[]; readonly target: number }): readonly Placed[] =>
    timelineOf(scenes, target),
});
