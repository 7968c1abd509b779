/**
 * What can be found out about a site by reading it.
 *
 * R1. A site with an error is not approved, nor is one in which a validator or a browser measured one.
 * R2. Every finding names its file and place, and how to mend it.
 */
import { rules } from 'continuo';
import { counted } from '../../../english/nouns.ts';
import { nameThere, pagesThere } from './checks/agreement.ts';
import { colours, styles } from './checks/colours.ts';
import { fields, links, outside, pictures, words } from './checks/contents.ts';
import type { Check } from './checks/finding.ts';
import { head, headings, ids, landmarks, tags } from './checks/structure.ts';
import { readHtml } from './html/reading.ts';
import type { File, Finding, Specification } from './specification.ts';

export interface SiteToReview {
  readonly files: readonly File[];
  readonly specification: Specification;
  /** By a validator, a browser, a link checker. */
  readonly measured?: readonly Finding[];
}

export interface Review {
  readonly approved: boolean;
  /** From 0 to 10. */
  readonly score: number;
  readonly summary: string;
  readonly findings: readonly Finding[];
}

const checks: readonly Check[] = [
  tags,
  head,
  landmarks,
  headings,
  ids,
  pictures,
  links,
  fields,
  words,
  outside,
  colours,
  styles,
  pagesThere,
  nameThere,
];

const weights: Readonly<Record<Finding['severity'], number>> = { error: 1.5, warning: 0.5, note: 0.1 };
const order: readonly Finding['severity'][] = ['error', 'warning', 'note'];

/** The same thing on many pages says no more the tenth time: it weighs as its square root. */
function scoreOf(findings: readonly Finding[]): number {
  const groups = Map.groupBy(findings, ({ severity, fix }) => `${severity} ${fix}`);
  const lost = [...groups.values()].reduce((sum, group) => sum + weights[group[0]?.severity ?? 'note'] * Math.sqrt(group.length), 0);
  return Math.max(0, Math.round((10 - lost) * 10) / 10);
}

function summed(findings: readonly Finding[], approved: boolean): string {
  if (findings.length === 0) return 'Nothing was found that would have to be changed.';
  const counts = order
    .map((severity) => counted(findings.filter((finding) => finding.severity === severity).length, severity))
    .filter((text) => !text.startsWith('0'));
  const [first] = findings;
  return `${approved ? 'It can be published.' : 'It is not ready yet.'} Found: ${counts.join(', ')}. ${first === undefined ? '' : `First of all, in ${first.file}: ${first.what} ${first.fix}`}`.trim();
}

export default rules<SiteToReview, Review>(({ files, specification, measured = [] }) => {
  const pages = files.filter(({ path }) => /\.html?$/i.test(path)).map(({ path, content }) => ({ path, document: readHtml(content) }));
  const read = checks.flatMap((check) => check({ files, pages, specification }));
  const known = new Set(read.map(({ file, what }) => `${file} ${what}`));
  const findings = [...read, ...measured.filter(({ file, what }) => !known.has(`${file} ${what}`))].sort(
    (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity),
  );
  const score = pages.length === 0 ? 0 : scoreOf(findings);
  const approved = pages.length > 0 && score >= 7 && !findings.some(({ severity }) => severity === 'error');
  return { approved, score, summary: summed(findings, approved), findings };
});
