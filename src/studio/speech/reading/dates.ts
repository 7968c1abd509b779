/** Reads dates, years and times of day. */
import { cardinal, digits, ordinal, year } from './numbers.ts';
import { isNumber, joined, type Place, type Rule } from './place.ts';
import { isMeasure, unitOf } from './units.ts';

const months = 'january february march april may june july august september october november december'.split(' ');
const shortMonths: Readonly<Record<string, string>> = Object.fromEntries(
  [...months.map((month) => [month.slice(0, 3), month]), ['sept', 'september']].filter(([short]) => short !== 'may'),
);
const shortDays: Readonly<Record<string, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
};
const beforeYears = new Set(
  'pre mid post in since until till before after circa during year from of by spring summer autumn fall winter'.split(' '),
);
/** Words that end like a plural and are none: "in 1969 was". */
const noPlurals = new Set('was is his this as has its us yes'.split(' '));

/** "12/25/2024", "2024-12-25", "25.12.2024". */
export const numericDate: Rule = ({ core }) => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(core);
  if (iso !== null) return dateOf(iso[3] ?? '', iso[2] ?? '', iso[1] ?? '');
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(core);
  if (dotted !== null) return dateOf(dotted[1] ?? '', dotted[2] ?? '', dotted[3] ?? '');
  const [, first = '', second = '', of = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(core) ?? [];
  // In America the month comes first; where that cannot be, it does not.
  return Number(first) > 12 ? dateOf(first, second, of) : dateOf(second, first, of);
};

/** "Jan. 5", "5 Sept": shortened months beside a number, and days. */
export const shortName: Rule = ({ core, token, previous, next }) => {
  const name = core.toLowerCase();
  if (!/^\p{Lu}/u.test(core)) return undefined;
  const day = token.closing.startsWith('.') ? shortDays[name] : undefined;
  if (day !== undefined) return [day];
  const month = shortMonths[name];
  const besideNumber = /^\d{1,4}(?:st|nd|rd|th)?$/.test(next?.core ?? '') || /^\d{1,2}(?:st|nd|rd|th)?$/.test(previous?.core ?? '');
  return month !== undefined && besideNumber ? [month] : undefined;
};

/** "March 5" → fifth; "5 March" → fifth of. */
export const dayOfMonth: Rule = (place) => {
  const { core, previous, next } = place;
  if (!/^\d{1,2}$/.test(core) || Number(core) < 1 || Number(core) > 31) return undefined;
  if (isMonth(previous?.core) && (joined(previous) || shortMonths[previous?.core.toLowerCase() ?? ''] !== undefined))
    return isCounted(place) ? undefined : ordinal(core);
  return joined(place.token) && isMonth(next?.core) ? ['the', ...ordinal(core), 'of'] : undefined;
};

/** "in 1969", "March 2024", "©2024", "1990–1995". */
export const yearNumber: Rule = (place) => {
  const { core, previous, tokens, index } = place;
  const [, sign = '', from = '', to] = /^(©?)(1[1-9]\d\d|20\d\d)(?:[-–](1[1-9]\d\d|20\d\d))?$/u.exec(core) ?? [];
  if (from === '') return undefined;
  if (to !== undefined) return [...year(from), 'to', ...year(to)];
  const dated = isMonth(previous?.core) || (/^\d{1,2}(?:st|nd|rd|th)?$/.test(previous?.core ?? '') && isMonth(tokens[index - 2]?.core));
  const told = sign !== '' || dated || (beforeYears.has(previous?.core.toLowerCase() ?? '') && !isCounted(place));
  return told ? year(from) : undefined;
};

/** "1990s", "'90s". */
export const decade: Rule = ({ core }) => {
  const [, century = '', tens = ''] = /^'?(\d\d)?(\d)0s$/.exec(core) ?? [];
  if (tens === '') return undefined;
  if (tens === '0') return century === '' ? undefined : [...year(`${century}00`).slice(0, -1), century === '20' ? 'thousands' : 'hundreds'];
  if (tens === '1') return undefined;
  const plural = `${(cardinal(`${tens}0`)[0] ?? '').replace(/y$/, '')}ies`;
  return century === '' ? [plural] : [...cardinal(century), plural];
};

/** "10:30", "7:05pm", "9am", "1:30:00". */
export const clock: Rule = ({ core, previous }) => {
  if (/^[ap]m$/i.test(core) && isNumber(previous)) return [core[0]?.toUpperCase() ?? '', 'M'];
  const [, hour = '', minute = '', second, half] = /^(\d{1,2}):(\d\d)(?::(\d\d))?(am|pm|a\.m\.?|p\.m\.?)?$/i.exec(core) ?? [];
  if (hour === '') {
    const [, full = '', part = ''] = /^(\d{1,2})(am|pm|a\.m\.?|p\.m\.?)$/i.exec(core) ?? [];
    return full === '' ? undefined : [...cardinal(full), part[0]?.toUpperCase() ?? '', 'M'];
  }
  if (Number(hour) > 24 || Number(minute) > 59) return undefined;
  const said = [...cardinal(String(Number(hour))), ...minutesOf(minute, second === undefined && half === undefined)];
  const seconds = second === undefined || second === '00' ? [] : ['and', ...cardinal(String(Number(second))), 'seconds'];
  return [...said, ...seconds, ...(half === undefined ? [] : [half[0]?.toUpperCase() ?? '', 'M'])];
};

/** "16:9", "1:10 mix": what is no time is a proportion. */
export const ratio: Rule = ({ core, next }) => {
  const parts = /^(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))+$/.test(core) ? core.split(':') : [];
  const mixed = /^(?:ratio|mix|mixture|scale|solution|dilution|aspect)$/.test(next?.core ?? '');
  if (parts.length < 2 || (!mixed && parts.some((part, index) => index > 0 && /^[0-5]\d$/.test(part)))) return undefined;
  return parts.flatMap((part, index) => [...(index > 0 ? ['to'] : []), ...(/\./.test(part) ? decimalOf(part) : cardinal(part))]);
};

const decimalOf = (text: string): readonly string[] => [
  ...cardinal(text.split('.')[0] ?? ''),
  'point',
  ...digits(text.split('.')[1] ?? ''),
];

function minutesOf(minute: string, alone: boolean): readonly string[] {
  if (minute === '00') return alone ? ["o'clock"] : [];
  return minute.startsWith('0') ? ['oh', ...cardinal(minute.slice(1))] : cardinal(minute);
}

function dateOf(day: string, month: string, of: string): readonly string[] | undefined {
  const name = months[Number(month) - 1];
  return name === undefined || Number(day) < 1 || Number(day) > 31 ? undefined : [name, ...ordinal(String(Number(day))), ...year(of)];
}

/** May is a month only where a number makes it one: the callers see to that. */
const isMonth = (core: string | undefined): boolean =>
  core !== undefined && /^\p{Lu}/u.test(core) && (months.includes(core.toLowerCase()) || shortMonths[core.toLowerCase()] !== undefined);

/** Whether something is counted by the number: "in 2000 steps", "in 1500 ml". */
function isCounted({ token, next }: Place): boolean {
  if (!joined(token) || next === undefined) return false;
  const plural = /^\p{Ll}{2,}s$/u.test(next.core) && !noPlurals.has(next.core);
  return plural || unitOf(next.core) !== undefined || isMeasure(next.core);
}
