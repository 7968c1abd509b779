/**
 * What providers ask, as `prices.json` has it: dated data. `source` is where a row was read: the provider's own page, or
 * one that quotes it. What changes with the hour stands there as it is at its dearest.
 */
import type { Price } from '../config/model.ts';
import listed from './prices.json' with { type: 'json' };

export interface PriceList {
  /** The day on which the list was last gone through. */
  readonly asOf: string;
  readonly currency: 'USD';
  /** Prices are for that many tokens. */
  readonly per: 1_000_000;
  readonly models: readonly ListedPrice[];
}

export interface ListedPrice extends Price {
  /** A provider type of the configuration. */
  readonly provider: string;
  readonly model: string;
  /** The most tokens that the model answers with. */
  readonly maxOutput?: number;
  readonly source: string;
  /** The day on which it was read there. */
  readonly seen: string;
  /** What else is to be known of it. */
  readonly note?: string;
}

// A test holds the file against this shape: the type of imported JSON knows neither literals nor absent fields.
export const priceList: PriceList = listed as unknown as PriceList;
