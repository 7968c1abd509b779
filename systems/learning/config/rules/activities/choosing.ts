/** From what was asked for to something that can be practised. */
import type { RulesContext } from 'continuo';
import { oneOf } from '../../../../english/chance.ts';
import { distance } from '../../../../english/closeness.ts';
import { tidy, wordsOf } from '../../../../english/text.ts';
import { concepts } from './concepts.ts';
import type { Concept } from './exercise.ts';

const subjectWords: Readonly<Record<Concept['subject'], readonly string[]>> = {
  mathematics: ['mathematics', 'maths', 'math', 'arithmetic', 'algebra', 'geometry', 'numbers', 'numeracy'],
  english: ['english', 'language', 'reading', 'writing', 'spelling', 'literacy', 'grammar', 'vocabulary'],
  science: ['science', 'sciences', 'physics', 'biology', 'chemistry', 'nature', 'astronomy'],
};

export function subjectOf(text: string): Concept['subject'] | undefined {
  const words = wordsOf(text);
  const subjects: readonly Concept['subject'][] = ['mathematics', 'english', 'science'];
  return subjects.find((subject) => words.some((word) => subjectWords[subject].includes(word)));
}

function likeness(text: string, concept: Concept): number {
  const plain = tidy(text).toLowerCase().replace(/[_-]/g, ' ');
  const names = [concept.id.replace(/_/g, ' '), concept.label, ...concept.names];
  if (names.includes(plain)) return 3;
  const inside = names.filter((name) => ` ${plain} `.includes(` ${name} `)).map((name) => name.length);
  if (inside.length > 0) return 2 + Math.max(...inside) / 100;
  return names.some((name) => name.length > 5 && distance(name, plain) <= 2) ? 1 : 0;
}

/** The concept that a text names, in its subject before any other. */
export function conceptNamed(text: string, subject?: Concept['subject']): Concept | undefined {
  const known = concepts.find(({ id }) => id === text);
  if (known !== undefined) return known;
  const ranked = concepts
    .map((concept) => ({ concept, rank: likeness(text, concept) + (concept.subject === subject ? 0.5 : 0) }))
    .filter(({ rank }) => rank >= 1)
    .sort((one, other) => other.rank - one.rank);
  return ranked[0]?.concept;
}

export function conceptsFor(subject: Concept['subject'], grade: number): readonly Concept[] {
  const all = concepts.filter((concept) => concept.subject === subject);
  const taught = all.filter(({ grades: [first, last] }) => first <= grade && grade <= last);
  return taught.length > 0 ? taught : all.filter(({ grades: [, last] }) => last === Math.max(...all.map((concept) => concept.grades[1])));
}

/** What was named; or something of the subject and grade that was not practised lately. */
export function chosenConcept(
  ctx: RulesContext,
  wanted: { readonly subject: string; readonly grade: number; readonly concept: string; readonly lately: readonly string[] },
): Concept {
  const subject = subjectOf(wanted.subject);
  const named = conceptNamed(wanted.concept, subject);
  if (named !== undefined) return named;
  const taught = conceptsFor(subject ?? subjectOf(wanted.concept) ?? 'mathematics', wanted.grade);
  const fresh = taught.filter(({ id }) => !wanted.lately.includes(id));
  return oneOf(ctx, fresh.length > 0 ? fresh : taught);
}
