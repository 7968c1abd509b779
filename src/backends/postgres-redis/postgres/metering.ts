/**
 * Takes and corrections of meters as one call of a function in Postgres, so that the rows of meters are locked no
 * longer than one statement runs, whatever becomes of the node that asked.
 *
 * N1. All rows that a call needs are there, and locked in the order of their ids, before
 *     anything is counted: of two calls one waits for the other, and never both.
 * N2. Its arithmetic is that of `core/meters.ts`, digit for digit; a test holds one
 *     against the other.
 * N3. What comes in one call is counted in its order, each of it from all of its meters
 *     or from none.
 *
 * A meter that nobody took from is as one that was empty since ever: such a row may stand there or not.
 */
import { hash } from 'node:crypto';
import type { Take } from '../../../ports/ledger.ts';
import type { Value } from './sql.ts';

/** What is counted as a whole. */
export interface Metering {
  readonly is: 'take' | 'correct';
  readonly changes: readonly Take[];
  readonly now: number;
}

const billion = '1e9::float8';
const coarse = `(${Number.MAX_SAFE_INTEGER}::float8 / ${billion})`;

const decimal = (amount: string): string => `CASE WHEN abs(${amount}) < ${coarse} THEN
      (floor(${amount} * ${billion}) + CASE WHEN ${amount} * ${billion} - floor(${amount} * ${billion}) >= 0.5 THEN 1 ELSE 0 END) / ${billion}
      ELSE ${amount} END`;

const upwards = (amount: string): string =>
  `CASE WHEN abs(${amount}) < ${coarse} THEN ceil(${amount} * ${billion} - 0.001) / ${billion} ELSE ${amount} END`;

/** The arrays have an element for each change; `parts` numbers the meterings that they belong to, from 1 on. Gives a row for each that was refused. */
const text = `(parts int[], gives boolean[], ids text[], capacities float8[], refills float8[], amounts float8[], nows float8[])
RETURNS TABLE (part int, meter text, remaining float8, retry_at float8) LANGUAGE plpgsql AS $$
DECLARE
  names text[];
  takens float8[];
  ats float8[];
  tried_takens float8[];
  tried_ats float8[];
  refused boolean;
  fits boolean;
  place int;
  taken_now float8;
  at_now float8;
  amount float8;
  total float8;
  retry float8;
BEGIN
  INSERT INTO meters (id, taken, at)
  SELECT DISTINCT given.id COLLATE "C", 0, '-Infinity'::float8 FROM unnest(ids) AS given (id) ORDER BY 1
  ON CONFLICT DO NOTHING;

  SELECT array_agg(locked.id), array_agg(locked.taken), array_agg(locked.at) INTO names, takens, ats FROM (
    SELECT meters.id, meters.taken, meters.at FROM meters WHERE meters.id = ANY (ids) ORDER BY meters.id FOR UPDATE
  ) AS locked;

  FOR i IN 1 .. cardinality(ids) LOOP
    IF i = 1 OR parts[i] <> parts[i - 1] THEN
      refused := false;
      tried_takens := takens;
      tried_ats := ats;
    END IF;

    place := array_position(names, ids[i]);
    taken_now := tried_takens[place];
    at_now := tried_ats[place];
    IF refills[i] <> 0 THEN
      at_now := least(at_now, nows[i] + capacities[i] / refills[i]);
      taken_now := greatest(0, taken_now - greatest(0, nows[i] - at_now) * refills[i]);
    END IF;
    at_now := greatest(at_now, nows[i]);

    amount := CASE WHEN gives[i] THEN -amounts[i] ELSE amounts[i] END;
    IF refills[i] = 0 THEN
      total := taken_now + ${upwards('amount')};
      total := ${decimal('total')};
    ELSE
      total := taken_now + amount;
    END IF;

    IF gives[i] THEN
      total := greatest(0, total);
      fits := true;
    ELSE
      fits := NOT amount > 0 OR ${decimal('total')} <= capacities[i];
    END IF;

    IF fits THEN
      tried_takens[place] := total;
      tried_ats[place] := at_now;
    ELSE
      retry := CASE WHEN refills[i] = 0 OR amount > capacities[i] THEN NULL ELSE ceil(at_now + (taken_now + amount - capacities[i]) / refills[i]) END;
      IF NOT refused OR coalesce(retry, 'Infinity') > coalesce(retry_at, 'Infinity') THEN
        part := parts[i];
        meter := ids[i];
        remaining := capacities[i] - taken_now;
        remaining := ${decimal('remaining')};
        retry_at := retry;
      END IF;
      refused := true;
    END IF;

    IF i = cardinality(ids) OR parts[i] <> parts[i + 1] THEN
      IF refused THEN
        RETURN NEXT;
      ELSE
        takens := tried_takens;
        ats := tried_ats;
      END IF;
    END IF;
  END LOOP;

  UPDATE meters SET taken = counted.taken, at = counted.at
  FROM unnest(names, takens, ats) AS counted (id, taken, at)
  WHERE meters.id = counted.id AND (meters.taken <> counted.taken OR meters.at <> counted.at);
END $$`;

export const meteringFunction: { readonly name: string; readonly text: string } = {
  name: `count_meters_${hash('sha256', text).slice(0, 8)}`,
  text,
};

export const metering: string = `SELECT * FROM ${meteringFunction.name}($1, $2, $3, $4, $5, $6, $7)`;

/** The parameters of `metering`. */
export function meteringValues(meterings: readonly Metering[]): readonly Value[] {
  const rows = meterings.flatMap(({ is, changes, now }, place) =>
    changes.map((change) => ({ ...change, part: place + 1, give: is === 'correct', now })),
  );
  return [
    rows.map(({ part }) => part),
    rows.map(({ give }) => give),
    rows.map(({ id }) => id),
    // As text, since a number on its way to Postgres is else a finite one.
    rows.map(({ capacity }) => String(capacity)),
    rows.map(({ refill }) => String(refill)),
    rows.map(({ amount }) => String(amount)),
    rows.map(({ now }) => String(now)),
  ];
}
