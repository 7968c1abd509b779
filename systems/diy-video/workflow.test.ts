/** The order of things, with stand-ins for whatever makes bytes: who is asked how often, and what is kept. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { agent, ContinuoError, openMemory, Orchestrator } from 'continuo';
import type { FilmResult } from 'continuo/studio';
import { agents, diyVideo, system } from './index.ts';

/** What is measured in each round; the last one again where there are more rounds. */
interface Measured {
  readonly score: number;
  /** The scene whose picture is complained of. */
  readonly ugly?: number;
}

interface Stage {
  readonly rounds: readonly Measured[];
  readonly merge?: (signal: AbortSignal) => Promise<void>;
}

interface Made {
  readonly drawn: number[];
  readonly rendered: number[];
  readonly spoken: string[];
}

const blob = (name: string): { readonly blob: string; readonly bytes: number; readonly type: string } => ({
  blob: name,
  bytes: 1,
  type: 'application/octet-stream',
});
const request = { topic: 'how to fold a paper airplane', duration: 60 };
const scenesOf = (made: Made): number => new Set(made.rendered).size;

/** The studio's agents, by their ids: each gives as little as the next one needs. */
function standIns({ rounds, merge }: Stage, made: Made): readonly unknown[] {
  let films = 0;
  const provenance = { agent: 'test', version: '1', by: 'offline', inputs: [] };
  return [
    agent({ id: 'studio.assets', run: () => ({ pictures: [], skipped: [{ name: 'x.png', why: 'it is empty' }], music: null }) }),
    agent({
      id: 'studio.storyboard',
      run: ({ scenes, again }: { readonly scenes: readonly { readonly shows: string }[]; readonly again: readonly number[] }) => ({
        briefs: scenes.map(({ shows }, index) => ({ index, again: again[index], shows })),
      }),
    }),
    agent({
      id: 'studio.pictures',
      run: ({ index, again, shows }: { readonly index: number; readonly again: number; readonly shows: string }) => {
        made.drawn.push(index);
        return { shows, again, provenance };
      },
    }),
    agent({
      id: 'studio.speech',
      run: ({ text }: { readonly text: string }) => {
        made.spoken.push(text);
        const seconds = Math.max(2, text.split(' ').length * 0.4);
        return { audio: blob(text), seconds, words: [{ text, start: 0, end: seconds }], voice: 'clara', note: 'It hums.', provenance };
      },
    }),
    agent({ id: 'studio.music', run: () => ({ audio: blob('music'), note: null }) }),
    agent({
      id: 'studio.render',
      run: ({ index, picture }: { readonly index: number; readonly picture: { readonly again: number } }) => {
        made.rendered.push(index);
        return { video: blob(`${index} ${picture.again}`), frames: 90, captions: [], texts: [], contrast: 9, provenance };
      },
    }),
    agent({ id: 'studio.inspect', run: () => ({}) }),
    agent({ id: 'studio.subtitles', run: () => ({ srt: blob('srt'), vtt: blob('vtt'), lines: 1 }) }),
    agent({
      id: 'studio.merge',
      run: async (_: unknown, ctx) => {
        await merge?.(ctx.signal);
        films++;
        return { video: blob(`film ${films}`), seconds: 60, note: null };
      },
    }),
    agent({
      id: 'studio.thumbnail',
      run: ({ film }: { readonly film: { readonly blob: string } }) => ({ image: blob(`of ${film.blob}`) }),
    }),
    agent({ id: 'studio.probe', run: () => probe(rounds[Math.min(films, rounds.length) - 1] ?? { score: 9 }) }),
  ];
}

function probe({ score, ugly }: Measured): object {
  const check = {
    id: 'empty',
    severity: 'fail',
    measured: 'nothing',
    sentence: 'There is nothing to see.',
    scenes: [ugly],
    fix: 'picture',
  };
  const size = { bytes: 1, width: 1080, height: 1920, frames: 1800, framesPerSecond: 30 };
  const measured = {
    ...size,
    captionsInSafeArea: true,
    seconds: 60,
    loudness: -14,
    truePeak: -2,
    silent: [],
    black: [],
    frozen: [],
    captionCoverage: 1,
    captionOffset: 0,
  };
  return { measured, score, checks: ugly === undefined ? [] : [{ ...check, passed: false }] };
}

interface Filmed {
  readonly status: string;
  readonly film: FilmResult | undefined;
  readonly made: Made;
  readonly metrics: Readonly<Record<string, unknown>>;
}

async function filmed(t: TestContext, stage: Stage, meddle?: (orchestrator: Orchestrator, run: string) => void): Promise<Filmed> {
  const made: Made = { drawn: [], rendered: [], spoken: [] };
  const backend = openMemory();
  const orchestrator = await Orchestrator.open({
    backend,
    agents: [...agents, ...standIns(stage, made)],
    gateway: { config: system.gateway, env: {} },
  });
  t.after(() => orchestrator.close());
  const handle = await orchestrator.start(diyVideo, request);
  meddle?.(orchestrator, handle.id);
  const { status, output, error } = await handle.result();
  if (stage.merge === undefined) assert.equal(status, 'succeeded', error?.message ?? 'it ended without a word');
  const said = await backend.ledger.feedback({ episode: handle.id });
  return { status, film: output, made, metrics: Object.fromEntries(said.map(({ metric, value }) => [metric, value])) };
}

describe('the rounds of a film', () => {
  it('is one where it is good, and everything is made once', async (t) => {
    const { film, made, metrics } = await filmed(t, { rounds: [{ score: 9 }] });
    assert.deepEqual([film?.passed, film?.refinements, film?.film.blob], [true, 0, 'film 1']);
    assert.equal(made.rendered.length, scenesOf(made));
    assert.equal(made.drawn.length, scenesOf(made));
    assert.deepEqual(
      [metrics['video_quality_score'], metrics['video_generation_cost'], metrics['video_completion_rate']],
      [film?.score, 0, true],
    );
    assert.equal(typeof metrics['video_generation_time'], 'number');
  });

  it('a picture that is complained of is drawn anew, and its scene rendered: nothing else', async (t) => {
    const { film, made } = await filmed(t, { rounds: [{ score: 3, ugly: 4 }, { score: 9 }] });
    assert.deepEqual([film?.refinements, film?.passed, film?.film.blob], [1, true, 'film 2']);
    const scenes = scenesOf(made);
    assert.deepEqual(made.drawn.slice(scenes), [4]);
    assert.deepEqual(made.rendered.slice(scenes), [4]);
    assert.equal(made.spoken.length, scenes);
  });

  it('after three refinements the best of the rounds is handed over, and not the last', async (t) => {
    const rounds = [
      { score: 2, ugly: 1 },
      { score: 4, ugly: 2 },
      { score: 3, ugly: 3 },
      { score: 1, ugly: 5 },
    ];
    const { film, made, metrics } = await filmed(t, { rounds });
    assert.deepEqual([film?.film.blob, film?.thumbnail.blob, film?.passed], ['film 2', 'of film 2', false]);
    assert.deepEqual(made.drawn.slice(scenesOf(made)), [1, 2, 3]);
    assert.equal(metrics['video_quality_score'], film?.score);
  });

  it('tells whoever made it what was done otherwise: once each', async (t) => {
    const { film } = await filmed(t, { rounds: [{ score: 9 }] });
    assert.deepEqual(film?.notes, ['It hums.', 'x.png was left out: it is empty.']);
    assert.equal(film?.writtenBy, 'rules');
  });
});

describe('a film that does not come to its end', () => {
  it('is noted as such when it fails', async (t) => {
    const merge = (): Promise<void> => Promise.reject(new ContinuoError('MEDIA_UNREADABLE', 'the disk ate it'));
    const { status, metrics } = await filmed(t, { rounds: [], merge });
    assert.equal(status, 'failed');
    assert.deepEqual(metrics, { video_completion_rate: false });
  });

  it('and when somebody cancels it', async (t) => {
    const begun = Promise.withResolvers<void>();
    const merge = (signal: AbortSignal): Promise<void> => {
      begun.resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('not wanted')), { once: true }));
    };
    const { status, metrics } = await filmed(t, { rounds: [], merge }, (orchestrator, run) => {
      void begun.promise.then(() => orchestrator.cancel(run));
    });
    assert.equal(status, 'cancelled');
    assert.deepEqual(metrics, { video_completion_rate: false });
  });
});
