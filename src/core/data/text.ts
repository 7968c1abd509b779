/** Nobody mistypes a longer word by a letter, and among more candidates nobody looks: comparing takes its time. */
const bounds = { letters: 64, candidates: 500 };

/** The candidate a mistyped word most likely meant, for "did you mean"; undefined when none is near. The first wins a tie. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > bounds.letters) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  let compared = 0;
  for (const candidate of candidates) {
    // Exactly the word beats one that differs in case only.
    if (candidate === word) return candidate;
    if (candidate.length > bounds.letters || ++compared > bounds.candidates) continue;
    const known = candidate.toLowerCase();
    const longer = Math.max(wanted.length, known.length);
    // Two in five letters may differ; more is another word.
    const allowed = Math.min(Math.floor(longer * 0.4), bestDistance - 1);
    if (Math.abs(wanted.length - known.length) > allowed) continue;
    const found = distance(wanted, known);
    if (found > allowed) continue;
    best = candidate;
    bestDistance = found;
  }
  return best;
}

/** Damerau-Levenshtein (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours. */
function distance(a: string, b: string): number {
  let twoBack: number[] = [];
  let oneBack = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      // All indices are inside rows of length b.length + 1, filled left to right.
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((oneBack[j] as number) + 1, (row[j - 1] as number) + 1, (oneBack[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (twoBack[j - 2] as number) + 1);
      row.push(least);
    }
    twoBack = oneBack;
    oneBack = row;
  }
  return oneBack[b.length] as number;
}
