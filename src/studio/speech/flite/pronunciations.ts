/** Words that flite says wrong when it reads them, with the phones that say them right. */
import listed from './pronunciations.json' with { type: 'json' };

const table: ReadonlyMap<string, string> = new Map(Object.entries(listed));
const hissing = new Set(['s', 'z', 'sh', 'ch', 'zh', 'jh']);
const voiceless = new Set(['p', 't', 'k', 'f', 'th']);

/** Phones with their stress (`ao r ax g aa1 m iy`), or undefined for what flite reads well by itself. */
export function pronunciationOf(word: string): string | undefined {
  const listedAs = table.get(word);
  if (listedAs !== undefined) return listedAs;
  const single = table.get(word.replace(/'?s$/, ''));
  return single === undefined || !word.endsWith('s') ? undefined : `${single} ${endingOf(single)}`;
}

function endingOf(phones: string): string {
  const last = phones.slice(phones.lastIndexOf(' ') + 1);
  if (hissing.has(last)) return 'ax z';
  return voiceless.has(last) ? 's' : 'z';
}
