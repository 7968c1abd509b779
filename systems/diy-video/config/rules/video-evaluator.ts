import { rules } from 'continuo';
import { filmFindings } from './film-checks.ts';
import type { FilmReport } from './film-checks.ts';
import type { Asked } from './script-checks.ts';
import { verdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

interface FilmInput extends Asked {
  readonly report: FilmReport;
}

function strengthsOf({ report, target_duration }: FilmInput): readonly string[] {
  const seen = report.scenes.filter((scene) => scene.shown !== null);
  const strengths: (readonly [boolean, string])[] = [
    [Math.min(report.width, report.height) >= 1080, 'It is sharp enough for every phone.'],
    [report.loudness !== null && Math.abs(report.loudness + 14) <= 1, 'It is as loud as platforms want it.'],
    [report.caption_coverage >= 0.95 && report.captions_in_safe_area, 'Everything that is said can be read, clear of the buttons.'],
    [report.black_seconds <= 0.5 && report.silent_seconds <= 2, 'There is no gap in picture or sound.'],
    [Math.abs(report.duration / target_duration - 1) <= 0.1, 'It is as long as it should be.'],
    [report.scenes.length >= 7, `${report.scenes.length} scenes keep it moving.`],
    [seen.length > 0 && seen.length === report.scenes.length, 'Somebody has looked at every scene.'],
  ];
  return strengths.filter(([holds]) => holds).map(([, text]) => text);
}

export default rules<FilmInput, Verdict>((input) => verdict(filmFindings(input.report, input), strengthsOf(input)));
