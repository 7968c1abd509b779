/** Reads words of capitals, single letters, and letters mixed with digits. */
import { cardinal, digits, ordinal } from './numbers.ts';
import { beginsSentence, type Place, type Rule } from './place.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Spelled although they could be read as words, or stand in small letters. */
const spelled = set(
  'diy pvc usb tv tvs led leds lcd mdf hdmi gps suv url urls dvd cd cds pc pcs uv php sql xml pdf pdfs faq faqs html css cpr npk hvac gfci ' +
    'isbn usda asap iot api rgb pcb cnc cad ups eva abs pla petg ac dc rc qr sd ssd hd uhd id ids atm vip bbq tbd rsvp mph psi rpm spf ' +
    'ph dna rna us uk eu un usa fbi fyi omg lol wd hp ibm bmw aaa aa ssl vpn isp cpu gpu ai ui ux ip tnt',
);
/** Of these the small letters are another word, or none that must be spelled. */
const capitalsOnly = set('led leds aa aaa us un id ids ups abs eva pla hd ai ui ac dc rc pc pcs hp ip ph eu cad ux tnt cd cds sd pcs wd');
/** Capitals that are read as a word. */
const spoken = set(
  'nasa nato lego ikea unesco unicef ram rom pin sim laser scuba gif jpeg fifa fema osha yolo radar sonar covid wifi nerf zip rip ' +
    'uno stem steam ted dad mom tip',
);
const shortWords = set(
  'a i am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we all and any are ask bad bag bar bed big bit box boy but ' +
    'buy can car cat cup cut day did dip dog dry eat egg end far fat few fit fix fly for fun get got gum had has her hey him his hot how ice ' +
    'its job key kid kit let lid log lot low man map may mix mop mud new nor not now nut odd off oil old one our out own pan pay pen pet pie ' +
    'pin pot put raw red rub run sad saw say sea see set sew she sit six sky sun tap tea ten the tie tip too top toy try tub two use van war ' +
    'was wax way wet who why win yes yet you',
);
const lettersFollow = set(
  'part step plan option point tab slot figure type size grade vitamin section side group row column line appendix',
);
const romans: Readonly<Record<string, string>> = { II: '2', III: '3', IV: '4', VI: '6', VII: '7', VIII: '8', IX: '9', XI: '11', XII: '12' };
const romansFollow = set('part chapter step volume act phase type mark war stage level book class');

export const spell = (word: string): readonly string[] => Array.from(word.toUpperCase());

/** "DIY", "LEDs", "HTML"; "NASA" and "NEVER" are words. */
export const capitals: Rule = ({ core, shouting, previous }) => {
  const [, letters = '', plural] = /^([A-Z]{2,}|[a-z]{2,4})('?s)?$/.exec(core) ?? [];
  if (letters === '') return undefined;
  const small = letters.toLowerCase();
  if (letters === small)
    return spelled.has(core) && !capitalsOnly.has(core) ? spellPlural(core.replace(/s$/, ''), core.endsWith('s')) : undefined;
  if (spoken.has(small)) return undefined;
  const number = romans[letters];
  if (number !== undefined && romansFollow.has(previous?.core.toLowerCase() ?? '')) return cardinal(number);
  if (number !== undefined && /^(?:henry|louis|charles|elizabeth)$/i.test(previous?.core ?? '')) return ['the', ...ordinal(number)];
  if (spelled.has(small) && !(shouting && shortWords.has(small))) return spellPlural(letters, plural !== undefined);
  if (shouting || shortWords.has(small)) return undefined;
  const sayable = /[AEIOUY]/.test(letters) && !/[^AEIOUY]{4}/.test(letters);
  return letters.length >= 4 && sayable ? undefined : spellPlural(letters, plural !== undefined);
};

/** "Point A", "T-shirt", "step B"; the article and "I" are words. */
export const singleLetter: Rule = (place) => {
  const { core, previous, next } = place;
  if (!/^[A-Za-z]('s)?$/.test(core)) return undefined;
  const plural = core.length > 1;
  const letter = core.charAt(0);
  if (letter === 'I' && !lettersFollow.has(previous?.core.toLowerCase() ?? '')) return ['i'];
  const article = letter === 'a' || (letter === 'A' && !isNamed(place) && (beginsSentence(place) || /^\p{Lu}/u.test(next?.core ?? '')));
  return article ? ['a'] : spellPlural(letter, plural);
};

/** "A4", "3D", "WD40", "H2O", "4K", "M8": letters by their names, numbers as numbers. */
export const mixed: Rule = ({ core }) => {
  const times = /^[x×](\d+)$/.exec(core)?.[1];
  if (times !== undefined) return ['times', ...cardinal(times)];
  if (!/^(?=.*\d)(?=.*[A-Za-z])[A-Za-z\d]{2,}$/.test(core)) return undefined;
  const parts = core.match(/\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return parts.flatMap((part) => {
    if (/^\d/.test(part)) return part.length > 4 ? digits(part) : cardinal(part);
    return part.length <= 2 || (part.length <= 4 && part === part.toUpperCase()) ? spell(part) : [part.toLowerCase()];
  });
};

/** Whether all around is written in capitals, too: a heading, not an acronym. */
export function isShouting(words: readonly string[]): boolean {
  const lettered = words.filter((word) => /\p{L}{2}/u.test(word));
  const loud = lettered.filter((word) => word === word.toUpperCase());
  return (
    loud.length >= 2 && loud.length * 3 >= lettered.length * 2 && loud.some((word) => word.length > 4 || shortWords.has(word.toLowerCase()))
  );
}

const isNamed = ({ previous }: Place): boolean => lettersFollow.has(previous?.core.toLowerCase() ?? '');

function spellPlural(word: string, plural: boolean): readonly string[] {
  const letters = spell(word);
  return plural ? [...letters.slice(0, -1), `${letters.at(-1) ?? ''}'s`] : letters;
}
