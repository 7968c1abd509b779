import { found, type Depiction, type Found } from '../depiction.ts';
import type { SceneWords } from '../recognise.ts';
import { drawStep } from './draw-step.ts';
import { origamiCrane } from './models/origami-crane.ts';
import { paperAirplane } from './models/paper-airplane.ts';
import { paperLantern } from './models/paper-lantern.ts';
import { paperSnowflake } from './models/paper-snowflake.ts';
import type { FoldModel, FoldStep } from './sequence.ts';

export const foldModels: readonly FoldModel[] = [paperAirplane, origamiCrane, paperSnowflake, paperLantern];

const modelOf = ({ topic, seen }: SceneWords): FoldModel | undefined =>
  foldModels.find(({ topic: about, never }) => about.test(topic) || (about.test(seen) && never?.test(topic) !== true));

const isStep = ({ seen }: SceneWords, { says, never }: FoldStep): boolean =>
  says.every((pattern) => pattern.test(seen)) && !never.some((pattern) => pattern.test(seen));

/** A title or a result that shows the thing itself, and not what is needed for it. */
const showsTheThing = (scene: SceneWords, model: FoldModel): boolean => !scene.step && model.topic.test(scene.seen);

export const depictFold: Depiction = (scene): Found | undefined => {
  const model = modelOf(scene);
  if (model === undefined || model.never?.test(scene.topic) === true) return undefined;
  if (showsTheThing(scene, model)) return model.finished && found(model.name, model.finished);
  const step = scene.step ? model.steps.find((one) => isStep(scene, one)) : undefined;
  return step && found(step.name, drawStep(step, model.colours));
};
