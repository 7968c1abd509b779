/** Everything that can be practised. */
import { grammarOf } from '../english/grammar.ts';
import { reading } from '../english/reading.ts';
import { antonyms, plurals, soundAlike, spelling, synonyms, verbsInThePast, wordInContext } from '../english/words.ts';
import { equation, negativeNumbers, powers } from '../mathematics/algebra.ts';
import { mean, median, probability } from '../mathematics/data.ts';
import {
  comparingDecimals,
  decimalAddition,
  decimalMultiplication,
  percentChange,
  percentOf,
  scaling,
  sharing,
} from '../mathematics/decimals.ts';
import * as fractions from '../mathematics/fractions.ts';
import { missingAngle, perimeter, rectangleArea, triangleArea, volume } from '../mathematics/geometry.ts';
import { placeValue, rounding } from '../mathematics/place-value.ts';
import * as whole from '../mathematics/whole-numbers.ts';
import { timeSpan, wordProblem } from '../mathematics/word-problems.ts';
import { factsAbout } from '../science/facts.ts';
import type { Concept, Maker } from './exercise.ts';

const concept =
  (subject: Concept['subject']) =>
  (id: string, label: string, grades: readonly [number, number], make: Maker, names: readonly string[] = []): Concept => ({
    id,
    subject,
    label,
    names,
    grades,
    make,
  });

const maths = concept('mathematics');
const english = concept('english');
const science = (id: string, label: string, grades: readonly [number, number], names: readonly string[] = []): Concept =>
  concept('science')(id, label, grades, factsAbout(id), names);

export const concepts: readonly Concept[] = [
  maths('addition', 'addition', [1, 5], whole.addition, ['adding', 'add', 'sums', 'plus', 'arithmetic']),
  maths('subtraction', 'subtraction', [1, 5], whole.subtraction, ['subtracting', 'subtract', 'take away', 'minus']),
  maths('multiplication', 'multiplication', [2, 6], whole.multiplication, ['multiplying', 'times tables', 'times', 'multiply']),
  maths('division', 'division', [3, 6], whole.division, ['dividing', 'divide']),
  maths('remainders', 'division with a remainder', [3, 5], whole.remainder, ['remainder']),
  maths('order_of_operations', 'the order of operations', [5, 8], whole.orderOfOperations, ['brackets', 'pemdas', 'bodmas']),
  maths('place_value', 'place value', [2, 5], placeValue, ['digits', 'tens and ones']),
  maths('rounding', 'rounding', [3, 6], rounding, ['round', 'estimating', 'estimation']),
  maths('time', 'reading and adding times', [2, 5], timeSpan, ['clock', 'hours']),
  maths('word_problems', 'word problems', [1, 8], wordProblem, ['word problem', 'story problems', 'problem solving', 'money']),
  maths('fractions_of_amounts', 'fractions of an amount', [3, 6], fractions.fractionOfAmount, ['fractions of amount']),
  maths('equal_fractions', 'equal fractions', [3, 6], fractions.equalFractions, ['equivalent fractions', 'simplifying']),
  maths('comparing_fractions', 'comparing fractions', [3, 6], fractions.comparingFractions, ['compare fractions']),
  maths('adding_fractions', 'adding fractions', [4, 7], fractions.addingFractions, ['fraction addition', 'fractions', 'fraction']),
  maths('subtracting_fractions', 'subtracting fractions', [4, 7], fractions.subtractingFractions, ['fraction subtraction']),
  maths('multiplying_fractions', 'multiplying fractions', [5, 8], fractions.multiplyingFractions, ['fraction multiplication']),
  maths('dividing_fractions', 'dividing fractions', [6, 8], fractions.dividingFractions, ['fraction division']),
  maths('comparing_decimals', 'comparing decimals', [4, 6], comparingDecimals, ['compare decimals']),
  maths('adding_decimals', 'adding decimals', [4, 7], decimalAddition, ['decimals', 'decimal']),
  maths('multiplying_decimals', 'multiplying decimals', [5, 8], decimalMultiplication, ['decimal multiplication']),
  maths('percentages', 'percentages', [5, 8], percentOf, ['percent', 'per cent', 'percentage']),
  maths('percent_change', 'percentage increase and decrease', [6, 8], percentChange, ['discount', 'increase', 'decrease']),
  maths('ratios', 'sharing in a ratio', [6, 8], sharing, ['ratio']),
  maths('proportion', 'proportion', [5, 8], scaling, ['proportions', 'scaling', 'recipes']),
  maths('perimeter', 'perimeter', [3, 6], perimeter, ['geometry']),
  maths('area', 'the area of rectangles', [3, 7], rectangleArea, ['rectangle', 'areas']),
  maths('triangle_area', 'the area of triangles', [5, 8], triangleArea, ['triangle']),
  maths('volume', 'volume', [5, 8], volume, ['volumes', 'cuboid']),
  maths('angles', 'angles in triangles', [5, 8], missingAngle, ['angle']),
  maths('negative_numbers', 'negative numbers', [6, 8], negativeNumbers, ['integers', 'negatives', 'signs']),
  maths('powers', 'powers', [6, 8], powers, ['exponents', 'squares', 'cubes']),
  maths('equations', 'equations', [6, 8], equation, ['algebra', 'linear equations', 'algebraic', 'solve for x']),
  maths('mean', 'the mean', [5, 8], mean, ['average', 'averages', 'statistics']),
  maths('median', 'the median', [6, 8], median, []),
  maths('probability', 'probability', [6, 8], probability, ['chance', 'chances']),
  english('spelling', 'spelling', [1, 8], spelling, ['spell']),
  english('plurals', 'plurals', [1, 4], plurals, ['plural']),
  english('past_tense', 'irregular verbs in the past', [2, 6], verbsInThePast, ['verbs', 'tenses', 'tense', 'irregular verbs']),
  english('sound_alikes', 'words that sound alike', [2, 8], soundAlike, ['homophones', 'homophone', 'commonly confused words']),
  english('parts_of_speech', 'parts of speech', [2, 8], grammarOf('parts_of_speech', 'mixed up the parts of speech'), [
    'nouns',
    'adjectives',
    'grammar',
  ]),
  english('agreement', 'agreement of subject and verb', [2, 8], grammarOf('agreement', 'the verb does not go with its subject'), [
    'subject verb agreement',
  ]),
  english('punctuation', 'punctuation', [1, 8], grammarOf('punctuation', 'a mark is missing, or stands in the wrong place'), [
    'commas',
    'apostrophes',
  ]),
  english('synonyms', 'words that mean the same', [1, 8], synonyms, ['synonym', 'vocabulary']),
  english('antonyms', 'opposites', [1, 8], antonyms, ['antonym', 'opposite']),
  english('words_in_context', 'words in context', [2, 8], wordInContext, ['context', 'gap fill']),
  english('reading', 'reading comprehension', [1, 8], reading, ['comprehension', 'reading comprehension']),
  science('plants', 'plants', [1, 8], ['plant', 'photosynthesis', 'botany']),
  science('animals', 'animals', [1, 7], ['animal', 'zoology']),
  science('human_body', 'the human body', [1, 8], ['body', 'organs', 'biology']),
  science('materials', 'materials', [1, 6], ['material', 'magnets']),
  science('states_of_matter', 'solids, liquids and gases', [1, 8], ['matter', 'solids', 'gases', 'states']),
  science('forces', 'forces and motion', [1, 8], ['force', 'gravity', 'motion', 'physics', 'friction']),
  science('electricity', 'electricity', [3, 8], ['circuits', 'circuit', 'current']),
  science('light_and_sound', 'light and sound', [2, 8], ['light', 'sound', 'waves']),
  science('earth_and_space', 'Earth and space', [1, 8], ['space', 'seasons', 'moon', 'planets', 'astronomy', 'solar system']),
  science('weather_and_water', 'weather and water', [1, 7], ['weather', 'water cycle', 'clouds']),
  science('ecosystems', 'living together in nature', [3, 8], ['food chain', 'food chains', 'ecology', 'ecosystem']),
  science('energy', 'energy', [3, 8], ['renewable']),
  science('cells', 'cells', [6, 8], ['cell']),
  science('chemistry', 'chemistry', [6, 8], ['atoms', 'acids', 'molecules']),
];
