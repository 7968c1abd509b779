/** What can be found out about scenes and panels by reading them. */
import { rules } from 'continuo';
import { counted } from '../../../english/nouns.ts';
import { wordsOf } from '../../../english/text.ts';
import type { Concept, Scene } from './concept.ts';
import type { Line } from './dialogue-writer.ts';
import type { Panel } from './storyboard-artist.ts';

export interface SceneProduct {
  readonly scene: Scene;
  readonly lines: readonly Line[];
  readonly panels: readonly Panel[];
}

export interface ToControl {
  readonly concept: Concept;
  readonly products: readonly SceneProduct[];
  /** Seconds that the whole should take. */
  readonly target?: number | null;
  readonly measured?: readonly { readonly scene: number; readonly what: string }[];
}

export interface Problem {
  /** 0 stands for the whole. */
  readonly scene: number;
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly fix: string;
}

export interface QualityReport {
  readonly score: number;
  readonly approved: boolean;
  readonly seconds: number;
  readonly problems: readonly Problem[];
  readonly strengths: readonly string[];
  readonly summary: string;
}

const problem = (scene: number, severity: Problem['severity'], what: string, fix: string): Problem => ({ scene, severity, what, fix });

function inScene({ scene, lines, panels }: SceneProduct, cast: ReadonlySet<string>): readonly Problem[] {
  const found: Problem[] = [];
  const { number } = scene;
  if (scene.action.trim() === '') found.push(problem(number, 'error', 'Nothing happens.', 'Write what is seen.'));
  if (scene.goal.trim() === '' || scene.conflict.trim() === '')
    found.push(problem(number, 'warning', 'Nobody wants anything, or nothing stands against it.', 'Give the scene a goal and a conflict.'));
  for (const name of scene.characters)
    if (!cast.has(name))
      found.push(problem(number, 'error', `${name} is in the scene and not in the cast.`, 'Use a name of the cast, or add the character.'));
  for (const name of new Set(lines.map(({ character }) => character))) {
    if (!scene.characters.includes(name))
      found.push(
        problem(
          number,
          'error',
          `${name} speaks without being in the scene.`,
          'Put the character into the scene, or give the line to somebody else.',
        ),
      );
  }
  for (const { line } of lines)
    if (wordsOf(line).length > 30)
      found.push(problem(number, 'warning', `A line has ${wordsOf(line).length} words.`, 'Break it up, or let somebody interrupt.'));
  if (panels.length === 0) found.push(problem(number, 'error', 'There is no panel.', 'Draw at least one.'));
  for (const panel of panels) {
    if (panel.picturePrompt.trim() === '')
      found.push(problem(number, 'error', `Panel ${panel.number} has no picture.`, 'Say what it shows.'));
    const words = wordsOf(panel.narration).length;
    if (words > panel.seconds * 3.2)
      found.push(
        problem(
          number,
          'error',
          `Panel ${panel.number} has ${words} words in ${panel.seconds} seconds.`,
          `Give it ${Math.ceil(words / 2.3)} seconds.`,
        ),
      );
    if (panel.seconds > 16)
      found.push(problem(number, 'warning', `Panel ${panel.number} stands for ${panel.seconds} seconds.`, 'Split it, or cut the text.'));
  }
  return found;
}

function ofWhole({ concept, products, target }: ToControl, seconds: number): readonly Problem[] {
  const found: Problem[] = [];
  const hero = concept.cast.find(({ part }) => part === 'protagonist')?.name;
  const text = products.map(({ scene, panels }) => `${scene.action} ${panels.map(({ narration }) => narration).join(' ')}`).join(' ');
  if (products.length === 0) found.push(problem(0, 'error', 'There is no scene.', 'Write the scenes first.'));
  if (products.some(({ scene }, at) => scene.number !== at + 1))
    found.push(problem(0, 'error', 'The scenes are not numbered one after the other.', 'Number them from 1.'));
  if (hero !== undefined && products.length > 0 && !text.includes(hero))
    found.push(problem(0, 'error', `${hero} does not appear.`, 'Tell it from the protagonist.'));
  const subject = wordsOf(concept.subject.replace(/^the /, '')).at(-1) ?? '';
  if (products.length > 2 && subject !== '' && !wordsOf(text).includes(subject))
    found.push(
      problem(0, 'warning', `${concept.subject} is never spoken of, although the story turns on it.`, 'Bring it into the scenes.'),
    );
  if (target !== undefined && target !== null && products.length > 0 && Math.abs(seconds - target) > target * 0.25) {
    found.push(
      problem(
        0,
        'warning',
        `It takes ${Math.round(seconds)} seconds and should take ${Math.round(target)}.`,
        seconds > target ? 'Leave scenes out, or cut narration.' : 'Give the turning points more room.',
      ),
    );
  }
  return found;
}

export default rules<ToControl, QualityReport>((task) => {
  const { concept, products, measured = [] } = task;
  const cast = new Set(concept.cast.map(({ name }) => name));
  const seconds = Math.round(products.flatMap(({ panels }) => panels).reduce((sum, panel) => sum + panel.seconds, 0) * 10) / 10;
  const problems = [
    ...ofWhole(task, seconds),
    ...products.flatMap((product) => inScene(product, cast)),
    ...measured.map(({ scene, what }) => problem(scene, 'error', what, 'Mend what was measured and render the scene again.')),
  ];
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const score = Math.max(1, Math.round((10 - errors * 1.5 - (problems.length - errors) * 0.5) * 10) / 10);
  const approved = errors === 0 && score >= 7;
  const places = new Set(products.map(({ scene }) => scene.place)).size;
  const strengths = [
    places >= 3 ? `${counted(places, 'different place')} give it room.` : '',
    products.length > 0 && products.every(({ lines }) => lines.length > 0) ? 'There is something to hear in every scene.' : '',
    new Set(products.map(({ scene }) => scene.mood)).size >= 4 ? 'The mood changes from scene to scene.' : '',
  ].filter((text) => text !== '');
  const [first] = problems;
  return {
    score,
    approved,
    seconds,
    problems,
    strengths,
    summary:
      first === undefined
        ? 'Nothing was found that would have to be changed.'
        : `${approved ? 'It can go on.' : 'It is not ready yet.'} Found: ${counted(errors, 'error')} and ${counted(problems.length - errors, 'warning')}. First of all: ${first.what} ${first.fix}`,
  };
});
