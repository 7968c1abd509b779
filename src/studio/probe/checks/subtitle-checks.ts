/** The subtitle files that lie beside the film. */
import { inPercent, upTo, type FilmCheck } from '../check.ts';
import type { Evidence, ProbedScene } from '../evidence.ts';
import { coveredBy, later, secondsOf, type Span } from '../span.ts';

/** A subtitle may be gone a moment before the last sound of its words. */
const slack = 0.2;

const spans = ({ at, words }: ProbedScene): readonly Span[] =>
  words.filter(({ start, end }) => end > start).map(({ start, end }) => later({ start, end }, at));

const subtitles: FilmCheck<Evidence> = {
  id: 'subtitles',
  weight: 1,
  fix: 'captions',
  look: ({ subtitles: files, scenes }) => {
    if (files === null) return undefined;
    const threshold = 'readable, ≥ 95 % of what is said';
    for (const [name, file] of Object.entries(files))
      if (file.is === 'broken')
        return {
          severity: 'fail',
          measured: `${name}: ${file.why}`,
          threshold,
          sentence: 'No player can read the subtitles: write them again.',
        };
    const said = scenes.flatMap(spans);
    const spoken = secondsOf(said);
    const shares = [files.srt, files.vtt].map((file) => {
      const cues = file.is === 'read' ? file.cues.map(({ start, end }) => ({ start: start - slack, end: end + slack })) : [];
      return spoken === 0 ? 1 : said.reduce((sum, word) => sum + coveredBy(word, cues), 0) / spoken;
    });
    const share = Math.min(...shares);
    const severity = upTo(-share, -0.95, -0.9);
    return {
      severity,
      measured: inPercent(share),
      threshold,
      sentence: severity === 'ok' ? 'The subtitles have all that is said.' : 'Words are missing in the subtitles: write them again.',
    };
  },
};

export const subtitleChecks: readonly FilmCheck<Evidence>[] = [subtitles];
