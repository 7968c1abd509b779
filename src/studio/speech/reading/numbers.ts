/** Numbers in English words. */

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const thousands = ['', 'thousand', 'million', 'billion', 'trillion'];
/** What has more digits is a name of something, and is said digit by digit. */
const mostDigits = thousands.length * 3;

const irregular: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** "1234" → one thousand two hundred and thirty four. The text is digits alone. */
export function cardinal(text: string): readonly string[] {
  // Whoever writes zeros in front means the digits.
  if (text.length > mostDigits || /^0\d/.test(text)) return digits(text);
  const groups = groupsOf(text);
  const words = groups.flatMap((group, index) => {
    if (group === 0) return [];
    const scale = thousands[groups.length - 1 - index] ?? '';
    const last = index === groups.length - 1;
    const joint = last && index > 0 && group < 100 ? ['and'] : [];
    return [...joint, ...belowThousand(group), ...(scale === '' ? [] : [scale])];
  });
  return words.length === 0 ? ['zero'] : words;
}

export const digits = (text: string): readonly string[] => Array.from(text, (digit) => ones[Number(digit)] ?? 'zero');

/** "21" → twenty first. */
export function ordinal(text: string): readonly string[] {
  const words = cardinal(text);
  const last = words.at(-1) ?? '';
  return [...words.slice(0, -1), ordinalWord(last)];
}

const ordinalWord = (word: string): string => irregular[word] ?? (word.endsWith('y') ? `${word.slice(0, -1)}ieth` : `${word}th`);

/** "1969" → nineteen sixty nine; "2005" → two thousand and five. */
export function year(text: string): readonly string[] {
  const [century, rest] = [text.slice(0, -2), text.slice(-2)];
  if (text.length !== 4 || /^.00/.test(text)) return cardinal(text);
  if (rest === '00') return [...cardinal(century), 'hundred'];
  if (rest.startsWith('0')) return [...cardinal(century), 'oh', ...digits(rest.slice(1))];
  return [...cardinal(century), ...cardinal(rest)];
}

/** "3", "14" → point one four behind the three. */
export function decimal(whole: string, fraction: string): readonly string[] {
  return [...(whole === '' ? [] : cardinal(whole)), 'point', ...digits(fraction)];
}

/** Of "3/4" the quarters; whether there is one or there are more of them. */
export function partName(denominator: string, many: boolean): readonly string[] {
  if (denominator === '2') return [many ? 'halves' : 'half'];
  if (denominator === '4') return [many ? 'quarters' : 'quarter'];
  const words = ordinal(denominator);
  return many ? [...words.slice(0, -1), `${words.at(-1) ?? ''}s`] : words;
}

function belowThousand(value: number): readonly string[] {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100];
  const small = rest === 0 ? [] : belowHundred(rest);
  if (hundreds === 0) return small;
  return [ones[hundreds] ?? '', 'hundred', ...(rest === 0 ? [] : ['and', ...small])];
}

function belowHundred(value: number): readonly string[] {
  if (value < ones.length) return [ones[value] ?? ''];
  const unit = value % 10;
  return [tens[Math.floor(value / 10)] ?? '', ...(unit === 0 ? [] : [ones[unit] ?? ''])];
}

function groupsOf(text: string): readonly number[] {
  const groups: number[] = [];
  for (let end = text.length; end > 0; end -= 3) groups.unshift(Number(text.slice(Math.max(0, end - 3), end)));
  return groups;
}
