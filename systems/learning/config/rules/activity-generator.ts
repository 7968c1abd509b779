/**
 * An activity for a learner, made and solved by calculation or taken from checked facts.
 *
 * A1. The answer is right: it is computed, or stands with its fact.
 * A2. No hint but the last says the answer.
 * A3. What was asked lately is not asked again while there is something else to ask.
 */
import { rules, type RulesContext } from 'continuo';
import { chosenConcept } from './activities/choosing.ts';
import type { Concept, Exercise, Level } from './activities/exercise.ts';
import { withHints } from './activities/hints.ts';

export interface ActivityRequest {
  readonly subject: string;
  readonly gradeLevel: number;
  readonly concept?: string | null;
  readonly difficulty: number;
  readonly recent?: readonly { readonly question: string; readonly concept?: string | null; readonly correct?: boolean | null }[];
}

export interface Activity {
  readonly subject: string;
  readonly concept: string;
  readonly conceptLabel: string;
  readonly gradeLevel: number;
  readonly difficulty: number;
  readonly kind: 'number' | 'choice' | 'text';
  readonly question: string;
  readonly choices: readonly string[] | null;
  readonly answer: string;
  readonly accepted: readonly string[];
  readonly working: string | null;
  readonly hints: readonly string[];
  readonly explanation: string;
  readonly mistakes: readonly { readonly answer: string; readonly misconception: string }[];
}

const tries = 12;

function fresh(concept: Concept, level: Level, asked: ReadonlySet<string>, ctx: RulesContext): Exercise {
  let exercise = concept.make(level, ctx);
  for (let attempt = 1; attempt < tries && asked.has(exercise.question); attempt += 1) exercise = concept.make(level, ctx);
  return exercise;
}

export default rules<ActivityRequest, Activity>((request, ctx) => {
  const level: Level = {
    grade: Math.min(8, Math.max(1, Math.round(request.gradeLevel))),
    difficulty: Math.min(1, Math.max(0, request.difficulty)),
  };
  const recent = request.recent ?? [];
  const concept = chosenConcept(ctx, {
    subject: request.subject,
    grade: level.grade,
    concept: request.concept ?? '',
    lately: recent.slice(-3).flatMap((entry) => (entry.concept === undefined || entry.concept === null ? [] : [entry.concept])),
  });
  const exercise = fresh(concept, level, new Set(recent.map(({ question }) => question)), ctx);
  return {
    subject: concept.subject,
    concept: concept.id,
    conceptLabel: concept.label,
    gradeLevel: level.grade,
    difficulty: level.difficulty,
    kind: exercise.kind,
    question: exercise.question,
    choices: exercise.choices ?? null,
    answer: exercise.answer,
    accepted: exercise.accepted ?? [],
    working: exercise.working ?? null,
    hints: withHints(exercise),
    explanation: exercise.explanation,
    mistakes: exercise.mistakes ?? [],
  };
});
