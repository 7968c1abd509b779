/**
 * The proof of the budgets: a thousand paid calls in processes that are killed in the middle.
 *
 * What is suspected: a call that a process died in is forgotten, and made again with money that the provider has
 * already taken; a reservation is given back twice; two processes take the same money at once.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { visit } from '../../src/compose.ts';
import { limitsFor } from '../../src/gateway/money/limits.ts';
import { Chance } from '../sim/chance.ts';
import { billed, budgetOf, project, run, worst, type Found, type Orders } from './fan-out.ts';

const script = join(import.meta.dirname, 'fan-out-worker.ts');

interface Worked {
  readonly exit: 'killed' | 'done';
  /** What it found when it began, and when it ended. */
  readonly found: readonly Found[];
}

/** With `kill`, it is killed as soon as so many bills have been written. */
function work(orders: Orders, kill?: number): Promise<Worked> {
  const child = spawn(process.execPath, [
    '--conditions=@continuo/source',
    '--disable-warning=ExperimentalWarning',
    script,
    JSON.stringify(orders),
  ]);
  let [said, wrong, bills] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    bills += text.split('.').length - 1;
    if (kill !== undefined && said.includes('\n') && bills >= kill) child.kill('SIGKILL');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (wrong += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      // Bills stand before a line as dots, and are no part of it.
      const found = [...said.matchAll(/\{.*\}/g)].map(([line]) => JSON.parse(line) as Found);
      if (signal === 'SIGKILL') resolve({ exit: 'killed', found });
      else if (code === 0) resolve({ exit: 'done', found });
      else reject(new Error(`it ended with ${code ?? signal}:\n${wrong}`));
    });
  });
}

/** What is counted, read by a process that only looks. */
async function look(dir: string, projectLimit: number): Promise<Found> {
  const visitor = await visit({ dir });
  try {
    const { spent, reserved } = (await visitor.reader.get(run)).money;
    const now = Date.now();
    const meters = limitsFor({ budgets: [budgetOf(projectLimit)], rateLimits: [] }, { project }, now);
    const [left = 0] = await visitor.backend.meters.left(meters, now);
    return { spent, reserved, left };
  } finally {
    await visitor.close();
  }
}

const grain = 1e-6;
const atMost = (sum: number, most: number, what: string): void => assert.ok(sum <= most + grain, `${what}: ${sum} is more than ${most}`);

function check(dir: string, counted: Found, limits: Pick<Orders, 'runLimit' | 'projectLimit'>): void {
  const ofRun = counted.spent + counted.reserved;
  const ofProject = limits.projectLimit - counted.left;
  atMost(billed(dir, 'engine'), ofRun, 'what the provider billed the run');
  atMost(ofRun, limits.runLimit, 'what is counted in the run');
  atMost(billed(dir), ofProject, 'what the provider billed the project');
  atMost(ofProject, limits.projectLimit, 'what is counted in the project');
}

function same(before: Found | undefined, after: Found | undefined): void {
  if (before === undefined) return;
  assert.ok(after !== undefined, 'it found nothing');
  for (const sum of ['spent', 'reserved', 'left'] as const)
    assert.ok(Math.abs(before[sum] - after[sum]) < grain, `${sum} was ${before[sum]}, and is ${after[sum]} after the kill`);
}

interface Scene extends Pick<Orders, 'runLimit' | 'projectLimit'> {
  readonly seed: number;
  readonly kills: number;
}

async function inDirectory(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'continuo-fan-out-'));
  try {
    await body(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Kill after kill, and then to the end; what is left of the tighter budget in the end. */
function alone({ seed, kills, ...limits }: Scene): Promise<void> {
  return inDirectory(async (dir) => {
    const chance = new Chance(seed);
    let before: Found | undefined;
    for (let killed = 0; killed < kills; killed++) {
      const { exit, found } = await work({ dir, role: 'engine', seed: seed + killed, ...limits }, 20 + chance.below(60));
      assert.equal(exit, 'killed', 'it ended before its kill');
      same(before, found[0]);
      before = await look(dir, limits.projectLimit);
      check(dir, before, limits);
    }
    const { found } = await work({ dir, role: 'engine', seed: seed + kills, ...limits });
    same(before, found[0]);
    const counted = await look(dir, limits.projectLimit);
    same(counted, found[1]);
    check(dir, counted, limits);
    assert.equal(counted.reserved, 0);
    const left = Math.min(limits.runLimit - counted.spent, counted.left);
    assert.ok(left < worst, `$${left} were left: the budget was not reached, and nothing is proved`);
  });
}

/** Two processes take from the project's budget at once, and both are killed now and then. */
function together({ seed, kills, ...limits }: Scene): Promise<void> {
  return inDirectory(async (dir) => {
    const chance = new Chance(seed);
    // A visitor comes where a store is.
    await work({ dir, role: 'engine', seed, ...limits }, 10);
    for (let round = 0; round <= kills; round++) {
      const kill = (): number | undefined => (round < kills ? 20 + chance.below(60) : undefined);
      const orders = { dir, ...limits };
      const both = [
        work({ ...orders, role: 'engine', seed: seed + round }, kill()),
        work({ ...orders, role: 'visitor', seed: seed + 100 + round }, kill()),
      ];
      await Promise.all(both);
      check(dir, await look(dir, limits.projectLimit), limits);
    }
    const { left } = await look(dir, limits.projectLimit);
    assert.ok(left < worst, `$${left} were left: the budget was not reached, and nothing is proved`);
    assert.ok(billed(dir, 'visitor') > 0 && billed(dir, 'engine') > 0);
  });
}

describe('a fan-out that is killed in the middle', { concurrency: false }, () => {
  test('never passes the budget of its project', () => alone({ seed: 1, kills: 5, runLimit: 100, projectLimit: 3 }));
  test('never passes the budget of its run', () => alone({ seed: 2, kills: 5, runLimit: 3, projectLimit: 100 }));
  test('never passes the budget of its project beside another process', () =>
    together({ seed: 3, kills: 4, runLimit: 100, projectLimit: 4 }));
});
