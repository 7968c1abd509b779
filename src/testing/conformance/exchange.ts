/**
 * What every backend must do by which attempts, notices and live events move between nodes, as tests.
 *
 * ```ts
 * exchangeConformance('mine', async () => ({
 *   lease: 500,
 *   open: (name) => openMine({ …, name, lock: 500, forgetAfter: 500 }),
 *   pass: (milliseconds) => setTimeout(milliseconds),
 *   silence: async (node) => node.fallSilent(),
 *   goAway: async () => { await server.kill(); return () => server.start(); },
 *   forget: () => server.flushAll(),
 *   close: async () => …,
 * }));
 * ```
 *
 * The backend must give a way to keep a node from saying that it holds orders and hosts agents (W3 of world.ts), and
 * its periods must be so short that both are noticed within a few of the world's leases.
 */
import { describe } from 'node:test';
import type { Backend } from '../../ports/backend.ts';
import { carrierConformance } from './exchange/carrier.ts';
import { directoryConformance } from './exchange/directory.ts';
import { limitsConformance } from './exchange/limits.ts';
import { liveConformance } from './exchange/live.ts';
import { ordersConformance } from './exchange/orders.ts';
import { takersConformance } from './exchange/takers.ts';
import { worldTests } from './world.ts';
import type { World } from './world.ts';

export interface ExchangeNode extends Required<Pick<Backend, 'exchange' | 'directory' | 'live'>> {
  /** By which name others know it in the directory. */
  readonly fleet: { readonly node: string };
  close(): Promise<void>;
}

export interface ExchangeWorld extends World<ExchangeNode> {
  /** Nobody reaches the carrier until the answer is called. What it keeps meanwhile is its own affair. */
  goAway(): Promise<() => Promise<void>>;
  /** The carrier loses everything. */
  forget(): Promise<void>;
}

/** `open` makes a world with an empty carrier. */
export function exchangeConformance(name: string, open: () => Promise<ExchangeWorld>): void {
  describe(`exchange conformance: ${name}`, { concurrency: 4 }, () => {
    const test = worldTests(open);
    describe('orders', () => ordersConformance(test));
    describe('takers', () => takersConformance(test));
    describe('limits', () => limitsConformance(test));
    describe('a carrier that is away, and one that forgets', () => carrierConformance(test));
    describe('directory', () => directoryConformance(test));
    describe('live events', () => liveConformance(test));
  });
}
