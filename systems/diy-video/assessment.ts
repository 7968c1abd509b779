/** From what was measured and what was judged to one score. Pure. */
import type { Verdict } from './config/rules/verdict.ts';

export interface Measured {
  /** From 1 to 10. */
  readonly score: number;
  readonly checks: readonly Check[];
}

export interface Check {
  readonly id: string;
  readonly passed: boolean;
  readonly severity: 'ok' | 'warn' | 'fail';
  readonly measured: string;
  readonly sentence: string;
  readonly scenes: readonly number[];
  readonly fix: 'picture' | 'narration' | 'timing' | 'captions' | 'audio' | null;
}

/** Something to be mended, and in which scene: 0 is the title; null is the film as a whole. */
export interface Complaint {
  readonly scene: number | null;
  readonly fix: 'picture' | 'narration' | 'timing' | 'captions' | 'audio';
  readonly what: string;
}

export interface Assessment {
  /** From 1 to 10. */
  readonly score: number;
  readonly rating: Verdict['rating'];
  readonly content: number;
  readonly technique: number;
  readonly summary: string;
  readonly strengths: readonly string[];
  readonly complaints: readonly Complaint[];
}

/** What is said and what is shown count as much as how well it was made. */
const shareOfContent = 0.5;
/** However good the script is: a film that is broken is not posted. */
const mostAboveTechnique = 2;
const enoughToSay = 6;

/**
 * `script` judges what is said, `film` what came of it, `measured` is the film's own file. Steps of a script are
 * numbered from 1; their scenes come after title and materials.
 */
export function assess(script: Verdict, film: Verdict, measured: Measured): Assessment {
  const content = tenth((script.score + film.score) / 2);
  const technique = tenth(measured.score);
  const score = tenth(Math.min(content * shareOfContent + technique * (1 - shareOfContent), technique + mostAboveTechnique));
  const complaints = [
    ...measured.checks.filter(({ passed }) => !passed).flatMap(complaintsOf),
    ...film.problems.map((one): Complaint => ({ scene: one.where === 'film' ? null : one.where, fix: one.fix, what: one.what })),
    ...script.problems.map((one): Complaint => ({
      scene: one.where === 'film' ? null : sceneOfStep(one.where),
      fix: one.fix,
      what: one.what,
    })),
  ];
  return {
    score,
    rating: ratingOf(score),
    content,
    technique,
    summary: summaryOf(score, complaints),
    strengths: [...new Set([...script.strengths, ...film.strengths])].slice(0, enoughToSay),
    complaints: distinct(complaints),
  };
}

/** Title and materials come before the first step. */
const sceneOfStep = (step: number): number => (step === 0 ? 0 : step + 1);

function complaintsOf({ fix, scenes, sentence }: Check): readonly Complaint[] {
  if (fix === null) return [];
  return scenes.length === 0 ? [{ scene: null, fix, what: sentence }] : scenes.map((scene) => ({ scene, fix, what: sentence }));
}

function distinct(complaints: readonly Complaint[]): readonly Complaint[] {
  const seen = new Map(complaints.map((one) => [JSON.stringify([one.scene, one.fix, one.what]), one]));
  return [...seen.values()];
}

const tenth = (value: number): number => Math.round(Math.min(10, Math.max(1, value)) * 10) / 10;

function ratingOf(score: number): Verdict['rating'] {
  if (score >= 9) return 'EXCELLENT';
  if (score >= 7) return 'GOOD';
  return score >= 5 ? 'FAIR' : 'POOR';
}

const openings: Readonly<Record<Verdict['rating'], string>> = {
  EXCELLENT: 'Ready to post.',
  GOOD: 'Good enough to post.',
  FAIR: 'Worth another round.',
  POOR: 'Not to be posted like this.',
};

function summaryOf(score: number, [worst]: readonly Complaint[]): string {
  const opening = openings[ratingOf(score)];
  return worst === undefined ? `${opening} Nothing was found that should be changed.` : `${opening} What matters most: ${worst.what}`;
}
