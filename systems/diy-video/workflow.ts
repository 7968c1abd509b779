/**
 * From a sentence to a film.
 *
 * What makes bytes is remembered by its input, so that another round, an edited script or a second run makes what is new
 * in it and nothing else. Which scene changes what is kept apart with care: see `timeline.ts`.
 */
import { readFileSync } from 'node:fs';
import { workflow, type Json } from 'continuo';
import {
  filmRequestSchema,
  framesPerSecond,
  moodFor,
  musicSeconds,
  reportFor,
  studio,
  voiceOfMachine,
  type FilmResult,
  type SegmentInput,
  type Speech,
} from 'continuo/studio';
import { bookkeeper } from './agents/bookkeeper.ts';
import { planner, type Before } from './agents/planner.ts';
import { prompter } from './agents/prompter.ts';
import { reviewer } from './agents/reviewer.ts';
import { scriptwriter } from './agents/scriptwriter.ts';
import { filmResult, goodEnough } from './film-result.ts';
import { paceFor } from './pace.ts';
import { seedOf } from './seed.ts';
import { timekeeper } from './agents/timekeeper.ts';
import { secondsOf } from './timeline.ts';

/** How often a film is made better. */
const mostRefinements = 3;

/** Providers and disks have bad moments; what is wrong with the work itself is not retried. */
const patiently = { max: 2, delay: '1s' } as const;

const scriptForm = JSON.parse(readFileSync(new URL('./config/schemas/script.json', import.meta.url), 'utf8')) as Json;

export const diyVideo = workflow('diy-video', {
  description: 'A how-to film of a sentence: script, pictures, voices, music, captions, measured and judged.',
  input: filmRequestSchema,
})
  .step('begin', bookkeeper.action('begin'), () => null, { undo: bookkeeper.action('abandon') })
  .step(
    'assets',
    studio.assets,
    ({ input: { assets, music } }) => ({ folder: assets, music: music === 'auto' || music === 'none' ? null : music }),
    { after: ['begin'] },
  )
  .step(
    'script',
    scriptwriter,
    ({ input: { topic, mode, duration, quality, script, take } }) => ({ topic, mode, duration, quality, given: script, take }),
    { after: ['begin'], memo: true, retry: patiently },
  )
  .ask('edit', {
    question: 'Is the script as you want it?',
    form: scriptForm,
    show: ({ script }) => script.script,
    when: ({ input }) => input.edit,
    after: ['script'],
  })
  .step(
    'plan',
    planner,
    ({ input: { topic, mode, duration, quality }, script, edit, feedback }) => ({
      topic,
      mode,
      duration,
      quality,
      written: script,
      edited: edit?.value ?? null,
      // The outputs of the round before, by the names of these steps.
      before: feedback === undefined ? null : (feedback.previous as unknown as Before),
    }),
    { after: ['script', 'edit'], retry: patiently },
  )
  .step(
    'storyboard',
    studio.storyboard,
    ({ input: { topic, mode, aspect, take }, plan: { script, scenes, settings }, assets }) => ({
      topic,
      title: script.title,
      mood: mode,
      aspect,
      seed: seedOf(`${topic} ${take}`) % 2 ** 31,
      scenes: scenes.map(({ kind, shows, narration, action, number }) => ({ kind, shows, narration, action, number })),
      assets: assets.pictures,
      again: settings.redrawn,
    }),
    { after: ['plan', 'assets'], memo: true },
  )
  .map('prompts', prompter, ({ input, plan }) => plan.scenes.map(({ shows }, scene) => ({ shows, topic: input.topic, scene })), {
    after: ['plan'],
    memo: true,
    retry: patiently,
  })
  .map(
    'pictures',
    studio.pictures,
    ({ storyboard, prompts }) => storyboard.briefs.map((brief, index) => ({ ...brief, ...prompts[index] })),
    { after: ['storyboard', 'prompts'], memo: true, retry: patiently },
  )
  .map(
    'voices',
    studio.speech,
    ({ input, plan: { scenes, settings } }) =>
      scenes.map(({ narration }, index) => ({
        text: narration,
        voice: voiceOfMachine(input.voice),
        rate: paceFor(input.mode, input.rate * (settings.pace[index] ?? 1)),
      })),
    { after: ['plan'], memo: true, retry: patiently },
  )
  .step(
    'timeline',
    timekeeper,
    ({ input, plan, voices }) => ({
      target: input.duration,
      scenes: plan.scenes.map(({ kind, planned }, index) => ({
        kind,
        planned,
        seconds: voices[index]?.seconds ?? 0,
        words: voices[index]?.words ?? [],
      })),
    }),
    { after: ['voices'] },
  )
  .step(
    'music',
    studio.music,
    ({ input: { topic, mode, music, take }, assets, timeline }) => ({
      mood: moodFor(topic, mode),
      seconds: music === 'none' ? 1 : musicSeconds(secondsOf(timeline)),
      seed: seedOf(`${topic} ${take}`) % 2 ** 31,
      file: assets.music,
    }),
    { after: ['timeline', 'assets'], memo: true, when: ({ input }) => input.music !== 'none' },
  )
  .map(
    'segments',
    studio.render,
    ({ input: { aspect, quality, template }, plan: { scenes, settings }, pictures, timeline }) =>
      timeline.flatMap(({ frames, words, opening, closing }, index): readonly SegmentInput[] => {
        const [scene, picture] = [scenes[index], pictures[index]];
        if (scene === undefined || picture === undefined) return [];
        return [
          {
            kind: scene.kind,
            index,
            count: timeline.length,
            frames,
            words,
            card: scene.card,
            picture,
            aspect,
            quality,
            template: settings.plainCaptions ? 'clean' : template,
            opening,
            closing,
          },
        ];
      }),
    { after: ['timeline', 'pictures'], memo: true, retry: patiently },
  )
  .map('inspections', studio.inspect, ({ segments }) => segments.map(({ video, frames }) => ({ video, frames })), {
    after: ['segments'],
    memo: true,
    retry: patiently,
  })
  .step('subtitles', studio.subtitles, ({ timeline }) => ({ scenes: timeline.map(({ at, words }) => ({ at, words })) }), {
    after: ['timeline'],
    memo: true,
  })
  .step(
    'film',
    studio.merge,
    ({ plan: { script, by }, segments, voices, timeline, music }) => ({
      segments: segments.map(({ video, frames }) => ({ video, frames })),
      voices: timeline.map(({ at, voiceAt }, index) => ({ audio: voices[index]?.audio ?? null, at: at + voiceAt })),
      music: music?.audio ?? null,
      title: script.title,
      comment: by === 'rules' ? 'Made with Continuo. The script follows from rules.' : 'Made with Continuo.',
    }),
    { after: ['segments', 'voices', 'music'], memo: true, retry: patiently },
  )
  .step(
    'measure',
    studio.probe,
    ({ input: { duration, aspect, quality }, plan: { scenes }, film, segments, voices, timeline, subtitles, inspections }) => ({
      film: film.video,
      target: duration,
      aspect,
      quality,
      scenes: timeline.flatMap(({ at, frames, words }, index) => {
        const [scene, segment, inspection] = [scenes[index], segments[index], inspections[index]];
        if (scene === undefined || segment === undefined || inspection === undefined) return [];
        const { captions, texts, contrast } = segment;
        const spoken = secondsSpoken(voices[index]);
        return [
          { kind: scene.kind, at, seconds: frames / framesPerSecond, words, captions, texts, contrast, speechSeconds: spoken, inspection },
        ];
      }),
      subtitles,
    }),
    { after: ['film', 'inspections', 'subtitles'], memo: true, retry: patiently },
  )
  .step(
    'review',
    reviewer,
    ({ input: { topic, mode, duration }, plan: { script, scenes }, pictures, voices, timeline, measure }) => ({
      topic,
      mode,
      duration,
      script,
      measured: measure,
      report: reportFor(
        measure,
        scenes.map(({ narration, shows }, index) => ({
          narration,
          picture: shows,
          shown: pictures[index]?.shows ?? null,
          seconds: (timeline[index]?.frames ?? 0) / framesPerSecond,
          speechSeconds: secondsSpoken(voices[index]),
        })),
      ),
    }),
    { after: ['measure'], retry: patiently },
  )
  .gate('good', ({ review }) => ({ ok: review.score >= goodEnough, score: review.score }), {
    otherwise: { backTo: 'plan', max: mostRefinements, keepBest: ({ review }) => review.score },
    exhausted: 'continue',
    after: ['review'],
  })
  .step('thumbnail', studio.thumbnail, ({ film }) => ({ film: film.video, at: thumbnailAt }), {
    after: ['good'],
    memo: true,
    retry: patiently,
  })
  .step('books', bookkeeper.action('finish'), ({ begin, review }) => ({ began: begin.at, score: review.score }), {
    after: ['good'],
    retry: patiently,
  })
  .output((made): FilmResult =>
    filmResult({
      request: made.input,
      assets: made.assets,
      plan: made.plan,
      pictures: made.pictures,
      voices: made.voices,
      music: made.music ?? null,
      film: made.film,
      subtitles: made.subtitles,
      measure: made.measure,
      review: made.review,
      rounds: made.good.round - 1,
      thumbnail: made.thumbnail,
      cost: made.books.cost,
    }),
  );

/** A text that nobody could speak has a length too: that of reading it. */
const secondsSpoken = (voice: Speech | undefined): number => (voice === undefined || voice.audio === null ? 0 : voice.seconds);

/** The title and its hero have come in by then. */
const thumbnailAt = 0.5;
