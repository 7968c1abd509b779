/** From a goal in a sentence to a specification with real words in it, and the questions that only the owner can answer. */
import { rules } from 'continuo';
import { sentence, shortened } from '../../../english/text.ts';
import { chooseDesign } from './design/choosing.ts';
import { fill } from './goal/filling.ts';
import { readGoal } from './goal/reading.ts';
import type { Specification } from './specification.ts';

export interface Wish {
  readonly goal: string;
  readonly notes?: string | null;
  readonly feedback?: readonly string[];
}

const everySite = [
  'Every page has a title, a description, a language, one main heading and the landmarks header, nav, main and footer.',
  'Headings go down by one level at a time.',
  'The first thing that the keyboard reaches is a link past the navigation, and the focus can always be seen.',
  'Text has a contrast of at least 4.5 to 1, in light and in dark.',
  'It can be read at 320 pixels without scrolling sideways, and it can be printed.',
  'Nothing is loaded from elsewhere: no fonts, no scripts, no pictures, no trackers.',
  'All links inside the site lead somewhere.',
];

export default rules<Wish, Specification>(({ goal: text, notes, feedback = [] }, ctx) => {
  const goal = readGoal(text);
  const { name, tagline, pages } = fill(goal, ctx);
  return {
    name,
    kind: goal.kind.id,
    goal: shortened(text, 400) || 'A website',
    tagline,
    audience: goal.kind.audience.replace('{topic}', goal.topic),
    tone: goal.kind.tone,
    language: 'en',
    pages,
    design: chooseDesign(goal.kind, `${notes ?? ''} ${text} ${feedback.join(' ')}`, ctx),
    acceptance: [
      ...everySite,
      ...pages.map((page) =>
        sentence(
          `${page.path} says what "${page.nav}" promises: ${page.sections.map(({ heading }) => heading.replace(/[.!?]$/, '')).join('; ')}`,
        ),
      ),
    ],
    openQuestions: [
      ...(goal.name === undefined ? ['Which name should the site have? It was made up from the goal.'] : []),
      ...goal.kind.questions,
      'Which address should messages go to? The one on the page ends in .example and does not exist.',
    ],
  };
});
