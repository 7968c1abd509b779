/** The diagram that says more about a scene than an icon would; undefined where none is surely right. */
import type { Diagram } from '../film/diagram.ts';
import { actions } from './actions/actions.ts';
import { finish } from './drawing/finish.ts';
import { depictFold } from './fold/depict-fold.ts';
import { readScene, type DiagramScene } from './recognise.ts';

export function diagramFor(scene: DiagramScene): Diagram | undefined {
  const words = readScene(scene);
  for (const depict of [depictFold, ...actions]) {
    const found = depict(words);
    if (found !== undefined) return finish(found.drawing, found.shows);
  }
  return undefined;
}
