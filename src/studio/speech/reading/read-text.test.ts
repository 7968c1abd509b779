import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { readText } from './read-text.ts';
import type { ReadWord } from './reading.ts';

const marks: Readonly<Record<ReadWord['pause'], string>> = { none: '', comma: ',', stop: '.', question: '?', exclamation: '!' };

/** What is said, with a mark where the voice rests, and a stroke between sentences. */
const said = (text: string): string =>
  readText(text)
    .sentences.map((sentence) =>
      sentence
        .filter(({ spoken }) => spoken.length > 0)
        .map(({ spoken, pause }) => `${spoken.join(' ')}${marks[pause]}`)
        .join(' '),
    )
    .join(' / ');

/** As it is written → as it is said. */
const readings: Readonly<Record<string, string>> = {
  numbers: String.raw`
    0 apples → zero apples
    7 steps → seven steps
    21 sheets → twenty one sheets
    100 pieces → one hundred pieces
    105 pins → one hundred and five pins
    1,234 people → one thousand two hundred and thirty four people
    1234567 views → one million two hundred and thirty four thousand five hundred and sixty seven views
    007 → zero zero seven
    12345678901234567890 → one two three four five six seven eight nine zero one two three four five six seven eight nine zero
    −12 → minus twelve
    +3 → plus three
    0.5 → zero point five
    3.14 → three point one four
    .25 → point two five
    1,5 metres → one point five metres
    10 000 steps → ten thousand steps
    1,000,000.5 → one million point five
    1st 2nd 3rd 4th → first second third fourth
    11th 12th 13th 20th 21st → eleventh twelfth thirteenth twentieth twenty first
    100th 101st → one hundredth one hundred and first
    1500 people → one thousand five hundred people
    2–3 minutes → two to three minutes
    10—12 → ten to twelve
    5...7 → five to seven
    50 % → fifty percent
    approx. 5 → approximately five
    approx 5 → approximately five
    2 x 4 → two by four
    30 × 60 = 1800 → thirty times sixty equals one thousand eight hundred
    2 + 3 = 5 → two plus three equals five
    2+2=4 → two plus two equals four
    10 - 4 = 6 → ten minus four equals six
    6 ÷ 2 → six divided by two
    #5 → number five
    No. 5 → number five
    fig. 3 → figure three
    p. 12 → page twelve
    ~10 → about ten
    ≈ 5 → about five
    < 5 → less than five
    >= 5 → at least five
    - item → item
    1. Fold it → one, fold it
    1) Fold it → one, fold it
    2x faster → two times faster
    5+ people → five plus people
    3.11.2 → three point eleven point two
    ISO 9001 → I S O nine thousand and one
    USB 3.0 → U S B three point zero
    1 x 2 → one by two
    +/- 5 → plus or minus five
    #1 → number one
    #1, please → number one, please
    100,000 → one hundred thousand
    2.5k → two point five thousand
    1.000 → one point zero zero zero
  `,
  'dates, years and times of day': String.raw`
    1000 and 2000 → one thousand and two thousand
    1990s → nineteen nineties
    the '80s → the eighties
    2000s → two thousands
    in 1969 → in nineteen sixty nine
    since 2005 → since two thousand and five
    in 1900, → in nineteen hundred,
    in 2000 steps → in two thousand steps
    March 2024 → march twenty twenty four
    1990–1995 → nineteen ninety to nineteen ninety five
    10:30 → ten thirty
    10:05 → ten oh five
    10:00 → ten o'clock
    9am → nine A M
    7:30 pm → seven thirty P M
    10:30 a.m. → ten thirty A M.
    1:30:00 → one thirty
    March 5 → march fifth
    March 5, 2024 → march fifth, twenty twenty four
    5 March 2024 → the fifth of march twenty twenty four
    Jan. 5 → january fifth
    12/25/2024 → december twenty fifth twenty twenty four
    25/12/2024 → december twenty fifth twenty twenty four
    2024-12-25 → december twenty fifth twenty twenty four
    1:10 mix → one to ten mix
    16:9 → sixteen to nine
    2:1 → two to one
    on Fri. we go → on friday we go
    it's 3:2 → it's three to two
    18th century → eighteenth century
    the 1960s → the nineteen sixties
    mid-1990s → mid nineteen nineties
    pre-1950 → pre nineteen fifty
    1960 → one thousand nine hundred and sixty
    In 1960, they → in nineteen sixty, they
    12:00 → twelve o'clock
  `,
  'signs, words and rests': String.raw`
    -5 degrees → minus five degrees
    iPhone → iphone
    2x4 → two by four
    20x30x40 → twenty by thirty by forty
    salt & pepper → salt and pepper
    and/or → and or
    on/off → on or off
    he/she → he or she
    w/ glue → with glue
    well-known → well known
    step-by-step → step by step
    e-mail → E mail
    wait… now → wait, now
    Wait... Now → wait. / now
    one — two → one, two
    one – two → one, two
    one - two → one, two
    paper—then → paper then
    (fold) it → fold, it
    it (the paper) folds → it, the paper, folds
    "quoted" text → quoted text
    ‘single’ quotes → single quotes
    don’t → don't
    the dogs' bowls → the dogs bowls
    rock 'n' roll → rock and roll
    nice 👍. → nice.
    café → cafe
    crème brûlée → creme brulee
    jalapeño → jalapeno
    naïve → naive
    Wi-Fi → wi fi
    Line one → line one
    * item one → item one
    Ready? Go! Yes. → ready? / go! / yes.
    555-1234 → five five five one two three four
    3-2-1 → three two one
    x2 → times two
    Wait!? → wait?
    v2.0 → V two point zero
    6x9 → six by nine
    9-5 → nine to five
    don't-stop → don't stop
    user_name → user name
  `,
  'amounts and units': String.raw`
    by 1500 ml → by one thousand five hundred milliliters
    2-3 cm → two to three centimeters
    5 - 10 cm → five to ten centimeters
    20 to 30 → twenty to thirty
    5 cm → five centimeters
    1 cm → one centimeter
    5cm → five centimeters
    20 mm → twenty millimeters
    0.5 mm → zero point five millimeters
    3 m long → three meters long
    10 km → ten kilometers
    2 kg → two kilograms
    250 g → two hundred and fifty grams
    500ml → five hundred milliliters
    1 l → one liter
    1.5 L → one point five liters
    200°C → two hundred degrees celsius
    350 °F → three hundred and fifty degrees fahrenheit
    180° → one hundred and eighty degrees
    50% → fifty percent
    100 km/h → one hundred kilometers an hour
    60 mph → sixty miles an hour
    5″ → five inches
    5' 10" → five feet ten inches
    5'10" → five foot ten
    6 ft → six feet
    2 lb → two pounds
    2 lbs → two pounds
    8 oz → eight ounces
    8 fl oz → eight fluid ounces
    2 tbsp → two tablespoons
    1 tsp → one teaspoon
    10 min → ten minutes
    10 min. → ten minutes.
    2 h → two hours
    30 s → thirty seconds
    60W → sixty watts
    12 V → twelve volts
    5V → five volts
    3 A → three amps
    220 V → two hundred and twenty volts
    a 5-cm strip → a five centimeter strip
    a 10-minute break → a ten minute break
    2 in. wide → two inches wide
    2 in the box → two in the box
    2in → two inches
    2x4s → two by fours
    20 × 30 cm → twenty by thirty centimeters
    ±2 mm → plus or minus two millimeters
    ≤ 3 kg → at most three kilograms
    100% cotton → one hundred percent cotton
    90-degree → ninety degree
    45° angle → forty five degree angle
    30°C–40°C → thirty to forty degrees celsius
    10-20% → ten to twenty percent
    a 45° angle → a forty five degree angle
    Use 2 in total. → use two in total.
    It is 5 in. → it is five in.
    Cut it at 10 cm. Then go. → cut it at ten centimeters. / then go.
    Use 5 cm. of tape → use five centimeters of tape
    100m² → one hundred square meters
    20 m² → twenty square meters
    10 x 15 x 20 cm → ten by fifteen by twenty centimeters
    about 5' → about five feet
    5 lb. bag → five pounds bag
    50-60% → fifty to sixty percent
  `,
  money: String.raw`
    $5-$10 → five to ten dollars
    $4.50 → four dollars and fifty cents
    $1 → one dollar
    $1.01 → one dollar and one cent
    $0.99 → ninety nine cents
    €3 → three euros
    3 € → three euros
    £20 → twenty pounds
    $1,000 → one thousand dollars
    $4 million → four million dollars
    $5k → five thousand dollars
    $2M → two million dollars
    ¥500 → five hundred yen
    50¢ → fifty cents
    -$5 → minus five dollars
    $10-15 → ten to fifteen dollars
    10–15€ → ten to fifteen euros
    €1.50 → one euro and fifty cents
    £2.5m → two point five million pounds
  `,
  fractions: String.raw`
    ½ cup → half a cup
    1/2 cup → half a cup
    1/2 of it → one half of it
    3/4 → three quarters
    2/3 cup → two thirds of a cup
    1/4 tsp → one quarter of a teaspoon
    1/8 inch → one eighth of an inch
    3 1/2 cups → three and a half cups
    1½ tbsp → one and a half tablespoons
    2½ cm → two and a half centimeters
    1 1/2 inches → one and a half inches
    1-1/2 inch → one and a half inch
    7/5 → seven out of five
    10/10 → ten out of ten
    9/25 → nine over twenty five
    8/2=4 → eight over two equals four
    24/7 → twenty four seven
    50/50 → fifty fifty
    the 2 1/2-inch pipe → the two and a half inch pipe
    ½-inch → half inch
    3/4-inch board → three quarter inch board
    ¼–½ cup → one quarter to half a cup
    5/6 → five sixths
    1½ → one and a half
    ½ → one half
    ¾ inch → three quarters of an inch
    fold in 1/2 → fold in one half
    3/4 of it → three quarters of it
    5/16" → five sixteenths of an inch
  `,
  'letters and capitals': String.raw`
    A4 → A four
    DIY → D I Y
    PVC pipe → P V C pipe
    LED → L E D
    LEDs → L E D's
    USB-C → U S B C
    TV → T V
    NASA → nasa
    WD-40 → W D forty
    IKEA → ikea
    HTML → H T M L
    CSS and JS → C S S and J S
    UV light → U V light
    U.S. → U S.
    Ph.D. → P H D.
    AC/DC → A C D C
    3D print → three D print
    H2O → H two O
    4K → four K
    MP3 → M P three
    B12 → B twelve
    M8 bolt → M eight bolt
    DO NOT cut → do not cut
    NEVER → never
    OK → okay
    HOW TO FOLD A PLANE → how to fold a plane
    HOW TO USE PVC GLUE → how to use P V C glue
    C# → C sharp
    C++ → C plus plus
    T-shirt → T shirt
    Part II → part two
    Step III → step three
    Henry VIII → henry the eighth
    Point A to B → point A to B
    I am A → i am A
    Plan A. → plan A.
    vitamin C → vitamin C
    X-ray → X ray
    Make an X. → make an X.
    Mark it with a "B". → mark it with a B.
    10K → ten K
    R2-D2 → R two D two
    COVID-19 → covid nineteen
    CD/DVD → C D D V D
    The U.S. is big → the U S is big
    J. Smith → J smith
    HB pencil → H B pencil
    2B pencil → two B pencil
    PLA or ABS → P L A or A B S
    ASAP → A S A P
    FAQ → F A Q
    a DIY fan → a D I Y fan
    LEGO bricks → lego bricks
    AAA battery → A A A battery
    AA batteries → A A batteries
    HDMI → H D M I
    ATM → A T M
  `,
  abbreviations: String.raw`
    e.g. paper → for example paper
    i.e. this → that is this
    glue etc. Then cut. → glue et cetera. / then cut.
    glue, etc., and cut → glue, et cetera, and cut
    red vs. blue → red versus blue
    Dr. Smith → doctor smith
    Elm Dr. → elm drive.
    St. Mary → saint mary
    Main St. → main street.
    Mr. Fox and Mrs. Hen → mister fox and missis hen
    No. It is not. → no it is not.
    vs → versus
    e.g., this → for example, this
    lb. → pounds.
    Add oz. of it → add ounces of it
    Mt. Fuji → mount fuji
    St. Patrick's Day → saint patrick's day
  `,
  addresses: String.raw`
    you@home → you at home
    me@example.com → me at example dot com
    #DIY → hashtag D I Y
    @maker → at maker
    https://www.example.com/a/b?c=1 → example dot com
    www.craft.co.uk → craft dot co dot U K
    example.com. → example dot com.
    main.py → main dot P Y
    Node.js → node dot J S
  `,
  'words that are said in two ways': String.raw`
    Close it. Too close, and it burns. → cloze it. / too close, and it burns.
    Stay close to it, then close the lid. → stay close to it, then cloze the lid.
    Read it. You have read it. → reed it. / you have read it.
    Lead it on. A lead pipe. → leed it on. / a lead pipe.
    Tie a bow. Bow down. → tie a beau. / bow down.
    It tears. In tears. → it tares. / in tears.
    Your résumé, then resume it. → your rezumay, then resume it.
  `,
};

for (const [what, lines] of Object.entries(readings)) {
  test(`${what} are read as a person would`, () => {
    for (const line of lines.trim().split('\n')) {
      const [written = '', expected = ''] = line.split('→').map((part) => part.trim());
      assert.equal(said(written), expected, written);
    }
  });
}

test('every written word is there, in order, with what is said for it', () => {
  const { sentences, unread } = readText('Fold 2½ sheets 👍 (twice) — then  折り紙 stop.\n\n🎉 Go!');
  assert.deepEqual(
    sentences.map((sentence) => sentence.map(({ written, spoken, pause }) => `${written}|${spoken.join(' ')}|${pause}`)),
    [
      [
        'Fold|fold|none',
        '2½|two and a half|none',
        'sheets|sheets|comma',
        '👍||comma',
        '(twice)|twice|comma',
        '—||comma',
        'then|then|none',
        '折り紙||none',
        'stop.|stop|stop',
        '🎉||none',
      ],
      ['Go!|go|exclamation'],
    ],
  );
  assert.deepEqual(unread, ['折り紙']);
});

test('lines and empty lines end a sentence; a line that goes on does not', () => {
  assert.equal(said('Paper\nScissors\n\nglue'), 'paper. / scissors. / glue');
  assert.equal(said('Fold the paper\nin half'), 'fold the paper in half');
});

test('a sentence without an end is spoken in parts', () => {
  const { sentences } = readText('fold it and '.repeat(100));
  assert.ok(sentences.length > 3 && sentences.every((sentence) => sentence.length <= 60));
});

test('whatever is written, nothing is lost, and only letters that a voice knows are said', () => {
  const odd = fc.constantFrom(
    '½',
    '1/2',
    '$',
    '–',
    '...',
    "'",
    '"',
    '#',
    '@',
    '°C',
    '👍',
    '折',
    'é',
    'A.',
    'x',
    '\u200b',
    '٣',
    'ﬁ',
    '1,000',
    'e.g.',
    '(',
    ')',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 6 }), fc.nat().map(String)), { maxLength: 12 }),
      fc.constantFrom(' ', '', '-'),
      (parts, by) => {
        const text = parts.join(by);
        const words = readText(text).sentences.flat();
        const written = text.split(/\s+/u).filter((word) => word !== '');
        if (words.length > 0)
          assert.deepEqual(
            words.map((word) => word.written),
            written,
          );
        for (const word of words.flatMap(({ spoken }) => spoken)) assert.match(word, /^(?:[a-z][a-z']*|[A-Z](?:'s)?)$/, text);
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});
