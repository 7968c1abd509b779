/** Articles and numbers of English nouns. */

const irregular: Readonly<Record<string, string>> = {
  child: 'children',
  man: 'men',
  woman: 'women',
  person: 'people',
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  mouse: 'mice',
  leaf: 'leaves',
  loaf: 'loaves',
  shelf: 'shelves',
  knife: 'knives',
  wife: 'wives',
  life: 'lives',
  wolf: 'wolves',
  half: 'halves',
  sheep: 'sheep',
  fish: 'fish',
  deer: 'deer',
  series: 'series',
  potato: 'potatoes',
  tomato: 'tomatoes',
  hero: 'heroes',
};

export function plural(noun: string): string {
  const at = noun.lastIndexOf(' ') + 1;
  const head = noun.slice(0, at);
  const word = noun.slice(at);
  const known = irregular[word];
  if (known !== undefined) return head + known;
  if (/(s|x|z|ch|sh)$/.test(word)) return `${head}${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${head}${word.slice(0, -1)}ies`;
  return `${head}${word}s`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

/** As it follows "the last": "day", "7 days". */
export function daysIn(count: number): string {
  return count === 1 ? 'day' : counted(count, 'day');
}

/** By how it sounds, so far as spelling tells: an hour, a unicorn, an old house. */
export function article(noun: string): 'a' | 'an' {
  const word = noun.toLowerCase();
  if (/^(hour|honest|heir|honou?r)/.test(word)) return 'an';
  if (/^(uni([^nm]|$)|use|usu|eu|one\b|once|ur[aeiou]|uk|ute)/.test(word)) return 'a';
  return /^[aeiou]/.test(word) || /^(8|11\b|18\b)/.test(word) ? 'an' : 'a';
}

export function aOrAn(noun: string): string {
  return `${article(noun)} ${noun}`;
}

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

export function inWords(count: number): string {
  return numbers[count] ?? String(count);
}
