/** What is counted and measured: how its sign is said of one, and of more. */

export interface Unit {
  readonly one: string;
  readonly many: string;
}

const unit = (one: string, many = `${one}s`): Unit => ({ one, many });

const inch = unit('inch', 'inches');
const foot = unit('foot', 'feet');
const celsius = unit('degree celsius', 'degrees celsius');
const fahrenheit = unit('degree fahrenheit', 'degrees fahrenheit');
const percent = unit('percent', 'percent');

/** By the sign as it is written: `mW` is not `MW`. The voice knows the American spelling. */
const signs: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    mm: unit('millimeter'),
    cm: unit('centimeter'),
    dm: unit('decimeter'),
    m: unit('meter'),
    km: unit('kilometer'),
    µm: unit('micron'),
    μm: unit('micron'),
    'mm²': unit('square millimeter'),
    'cm²': unit('square centimeter'),
    'm²': unit('square meter'),
    'km²': unit('square kilometer'),
    'cm³': unit('cubic centimeter'),
    'm³': unit('cubic meter'),
    sqm: unit('square meter'),
    'in²': unit('square inch', 'square inches'),
    'ft²': unit('square foot', 'square feet'),
    sqft: unit('square foot', 'square feet'),
    mg: unit('milligram'),
    g: unit('gram'),
    gr: unit('gram'),
    kg: unit('kilogram'),
    t: unit('ton'),
    ml: unit('milliliter'),
    mL: unit('milliliter'),
    cl: unit('centiliter'),
    dl: unit('deciliter'),
    l: unit('liter'),
    L: unit('liter'),
    ltr: unit('liter'),
    gal: unit('gallon'),
    qt: unit('quart'),
    pt: unit('pint'),
    'fl oz': unit('fluid ounce'),
    tbsp: unit('tablespoon'),
    tbs: unit('tablespoon'),
    Tbsp: unit('tablespoon'),
    tsp: unit('teaspoon'),
    oz: unit('ounce'),
    lb: unit('pound'),
    lbs: unit('pound'),
    ft: foot,
    yd: unit('yard'),
    yds: unit('yard'),
    mi: unit('mile'),
    '"': inch,
    '″': inch,
    "''": inch,
    "'": foot,
    '′': foot,
    '%': percent,
    pct: percent,
    '‰': unit('per mille', 'per mille'),
    '°': unit('degree'),
    '°C': celsius,
    '℃': celsius,
    ºC: celsius,
    '°F': fahrenheit,
    '℉': fahrenheit,
    ºF: fahrenheit,
    º: unit('degree'),
    deg: unit('degree'),
    s: unit('second'),
    sec: unit('second'),
    secs: unit('second'),
    ms: unit('millisecond'),
    min: unit('minute'),
    mins: unit('minute'),
    h: unit('hour'),
    hr: unit('hour'),
    hrs: unit('hour'),
    wk: unit('week'),
    wks: unit('week'),
    yr: unit('year'),
    yrs: unit('year'),
    'km/h': unit('kilometer an hour', 'kilometers an hour'),
    kmh: unit('kilometer an hour', 'kilometers an hour'),
    kph: unit('kilometer an hour', 'kilometers an hour'),
    mph: unit('mile an hour', 'miles an hour'),
    'm/s': unit('meter a second', 'meters a second'),
    rpm: unit('turn a minute', 'turns a minute'),
    RPM: unit('turn a minute', 'turns a minute'),
    mV: unit('millivolt'),
    V: unit('volt'),
    kV: unit('kilovolt'),
    mA: unit('milliamp'),
    A: unit('amp'),
    mAh: unit('milliamp hour'),
    Ah: unit('amp hour'),
    W: unit('watt'),
    kW: unit('kilowatt'),
    kWh: unit('kilowatt hour'),
    Wh: unit('watt hour'),
    Ω: unit('ohm'),
    '\u2126': unit('ohm'),
    kΩ: unit('kilohm'),
    'k\u2126': unit('kilohm'),
    Hz: unit('hertz', 'hertz'),
    kHz: unit('kilohertz', 'kilohertz'),
    MHz: unit('megahertz', 'megahertz'),
    GHz: unit('gigahertz', 'gigahertz'),
    dB: unit('decibel'),
    psi: unit('P S I', 'P S I'),
    PSI: unit('P S I', 'P S I'),
    Nm: unit('newton meter'),
    kcal: unit('kilocalorie'),
    cal: unit('calorie'),
    kB: unit('kilobyte'),
    KB: unit('kilobyte'),
    MB: unit('megabyte'),
    GB: unit('gigabyte'),
    TB: unit('terabyte'),
    px: unit('pixel'),
    pcs: unit('piece'),
    pc: unit('piece'),
    pkg: unit('package'),
  }),
);

/** Attached to its number a sign is surer than alone: "350F" and "2in" are measures, "2 in" may not be. */
const attached: ReadonlyMap<string, Unit> = new Map(
  Object.entries({ in: inch, ins: inch, C: celsius, F: fahrenheit, x: unit('times', 'times'), '×': unit('times', 'times') }),
);

/** Written-out measures of which a half may be taken: "half a cup". */
const measures = new Set(
  (
    'cup teaspoon tablespoon inch foot yard mile meter metre centimeter centimetre millimeter millimetre kilometer kilometre ' +
    'liter litre milliliter millilitre gram kilogram kilo pound ounce pint quart gallon hour minute second day week month year ' +
    'turn sheet page stick pinch dozen spoon spoonful glass bottle can bag pack packet slice teaspoonful tablespoonful'
  ).split(' '),
);

export const unitOf = (sign: string): Unit | undefined => signs.get(sign);

export const attachedUnitOf = (sign: string): Unit | undefined => signs.get(sign) ?? attached.get(sign);

export const isMeasure = (word: string): boolean => measures.has(word);

/** "an hour", "a cup". */
export const articleOf = (word: string): string => (/^(?:[aeio]|hour)/.test(word) ? 'an' : 'a');
