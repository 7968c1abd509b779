/**
 * What is kept between calls: a line to every provider, with its connection and its circuit.
 *
 * L1. A line is of one provider of one model, at one address, with one key: a key that is refused does not close the
 *     line of another key.
 * L2. There are never more than `most`; the one that was not used for longest goes.
 * L3. No key is kept here but inside the provider packages' objects; lines are told apart by hashes.
 */
import { hash } from 'node:crypto';
import type { ModelConfig, ProviderConfig } from '../config/model.ts';
import { Circuit } from './circuit.ts';
import { connect } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { Key } from './keys.ts';

export interface Line {
  readonly provider: ProviderConfig;
  readonly connection: Connection;
  readonly circuit: Circuit;
  /** Where its key came from, for messages. */
  readonly keyFrom: string;
}

export class Lines {
  readonly #exchange: Exchange;
  readonly #most: number;
  readonly #lines = new Map<string, Line>();
  #newest: Line | undefined;

  constructor(exchange: Exchange, most: number) {
    this.#exchange = exchange;
    this.#most = most;
  }

  get size(): number {
    return this.#lines.size;
  }

  line(model: ModelConfig, provider: ProviderConfig, key: Exclude<Key, { is: 'missing' }>): Line {
    const secret = key.is === 'key' ? key.value : '';
    const id = `${model.name}\0${provider.name}\0${provider.apiBase ?? ''}\0${secret === '' ? '' : hash('sha256', secret)}`;
    const known = this.#lines.get(id);
    if (known !== undefined && known === this.#newest) return known;
    if (known !== undefined) {
      // A map keeps the order of insertion: what is used goes to its end.
      this.#lines.delete(id);
      this.#lines.set(id, known);
      this.#newest = known;
      return known;
    }
    const line: Line = {
      provider,
      connection: connect(provider, secret === '' ? undefined : secret, this.#exchange),
      circuit: new Circuit(),
      keyFrom: key.is === 'key' ? key.from : 'a key (it is configured to need none)',
    };
    this.#lines.set(id, line);
    this.#newest = line;
    const oldest = this.#lines.keys().next();
    if (this.#lines.size > this.#most && oldest.done !== true) this.#lines.delete(oldest.value);
    return line;
  }
}
