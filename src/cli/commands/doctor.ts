import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { holderOf, visit } from '../../compose.ts';
import type { Visitor } from '../../engine/visitor.ts';
import { exitCodes } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { commandLine } from '../hints.ts';
import type { Shell } from '../shell.ts';
import { storeOf, type Store, type StoreOptions } from '../store.ts';
import { moment } from '../terminal/time.ts';
import { oneLine, safe } from '../terminal/width.ts';
import { engineAt, hasData } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
}

interface Finding {
  readonly ok: boolean;
  readonly about: string;
  readonly says: string;
  readonly mend?: string;
}

const neededMajor = 24;
const littleSpace = 200 * 2 ** 20;
/** Blobs whose bytes are read and hashed; the others are only looked up. */
const sampled = 50;
const page = 200;

export function addDoctor(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  program
    .command('doctor')
    .summary('check this machine and a data directory')
    .description(
      'Checks this machine and a data directory: whether it can be used, and whether everything in it is whole. Changes nothing.',
    )
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: Options) => done(await doctor(shell, options)));
}

async function doctor(shell: Shell, options: Options): Promise<number> {
  const findings: Finding[] = [];
  const { out } = shell;
  for await (const finding of examine(storeOf(options, shell.env))) {
    findings.push(finding);
    if (options.json === true) continue;
    const { ok, about, says, mend } = finding;
    out.line(`${ok ? out.paint('green', '✔') : out.paint('red', '✖')} ${out.paint('bold', about)}  ${safe(says)}`);
    if (mend !== undefined) out.line(`  ${out.paint('cyan', 'mend')}: ${mend}`);
  }
  const isWell = findings.every(({ ok }) => ok);
  if (options.json === true) out.line(JSON.stringify({ status: isWell ? 'well' : 'ill', findings }));
  return isWell ? exitCodes.succeeded : exitCodes.failed;
}

async function* examine(store: Store): AsyncGenerator<Finding> {
  yield node();
  if (store.is === 'embedded') yield* folder(store.dir);
  if (!hasData(store)) return;
  let visitor: Visitor;
  try {
    visitor = await visit(store);
  } catch (error) {
    const { code, message, mend } = failureOf(error);
    yield { ok: false, about: 'database', says: `${code}: ${message}`, mend };
    return;
  }
  try {
    if (store.is === 'embedded') yield holder(store.dir);
    else yield* servers(store, visitor);
    yield* contents(visitor, store);
  } finally {
    await visitor.close();
  }
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const ok = major >= neededMajor;
  return { ok, about: 'node', says: process.version, ...(ok ? {} : { mend: `Continuo needs Node ${neededMajor} or newer.` }) };
}

function writable(place: string): Finding {
  try {
    if (!statSync(place).isDirectory())
      return { ok: false, about: 'directory', says: `${place} is not a directory`, mend: 'Move the file away, or give another --dir.' };
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
    return { ok: true, about: 'directory', says: place };
  } catch (error) {
    return {
      ok: false,
      about: 'directory',
      says: error instanceof Error ? error.message : String(error),
      mend: `Give yourself the right to write there: chmod u+rwx ${place}`,
    };
  }
}

function freeSpace(place: string): Finding | undefined {
  try {
    const { bavail, bsize } = statfsSync(place);
    const free = bavail * bsize;
    const says = free >= 2 ** 30 ? `${(free / 2 ** 30).toFixed(1)} GB free` : `${Math.round(free / 2 ** 20)} MB free`;
    return {
      ok: free >= littleSpace,
      about: 'disk',
      says,
      ...(free >= littleSpace ? {} : { mend: 'Free some space: a full disk stops every run, and loses none.' }),
    };
  } catch {
    // The directory itself has been complained of.
    return undefined;
  }
}

function* folder(dir: string): Generator<Finding> {
  const place = resolve(dir);
  const exists = existsSync(place);
  yield exists ? writable(place) : { ok: true, about: 'directory', says: `${place} is not there yet; the first run makes it` };
  const space = freeSpace(exists ? place : dirname(place));
  if (space !== undefined) yield space;
}

async function* servers(store: Store, visitor: Visitor): AsyncGenerator<Finding> {
  for (const { part, is, error } of visitor.backend.health?.() ?? [])
    yield {
      ok: is === 'up',
      about: oneLine(part),
      says: is === 'up' ? 'answers' : `${is}${error === undefined ? '' : `: ${oneLine(error)}`}`,
    };
  const engine = await engineAt(store, visitor);
  yield { ok: true, about: 'engine', says: engine ?? 'none runs here' };
}

function holder(dir: string): Finding {
  const found = holderOf(dir);
  const says =
    found === undefined ? 'none runs here' : `process ${found.pid} on ${oneLine(found.host)}, since ${moment(Date.parse(found.since))}`;
  return { ok: true, about: 'engine', says };
}

async function* contents(visitor: Visitor, store: Store): AsyncGenerator<Finding> {
  let whole = 0;
  let unfinished = 0;
  const broken: Finding[] = [];
  try {
    for await (const { run, endedAt } of allRuns(visitor)) {
      const finding = await examineRun(visitor, run);
      if (finding === undefined) whole++;
      else broken.push(finding);
      if (endedAt === undefined) unfinished++;
    }
  } catch (error) {
    const { code, message, mend } = failureOf(error);
    yield { ok: false, about: 'database', says: `${code}: ${message}`, mend };
    return;
  }
  yield {
    ok: broken.length === 0,
    about: 'runs',
    says: `${whole} whole${broken.length === 0 ? '' : `, ${broken.length} damaged`}${unfinished === 0 ? '' : `; ${unfinished} unfinished (${commandLine('runs', '--status', 'running,waiting,paused', ...store.words)})`}`,
  };
  yield* broken;
  yield* await examineBlobs(visitor);
  const kept = await visitor.backend.inbox.pending(page);
  if (kept.length > 0)
    yield { ok: true, about: 'inbox', says: `${kept.length} ${kept.length === 1 ? 'command waits' : 'commands wait'} for an engine` };
}

async function* allRuns(visitor: Visitor): AsyncGenerator<{ readonly run: string; readonly endedAt?: number }> {
  for (let after: string | undefined; ;) {
    const records = await visitor.reader.list({ limit: page, ...(after === undefined ? {} : { after }) });
    yield* records;
    after = records.at(-1)?.run;
    if (records.length < page) return;
  }
}

/** Loads it as an engine would; undefined when there is nothing to complain of. */
async function examineRun(visitor: Visitor, run: string): Promise<Finding | undefined> {
  try {
    await visitor.reader.must(run);
    return undefined;
  } catch (error) {
    const { code, message, mend } = failureOf(error);
    return { ok: false, about: `run ${oneLine(run)}`, says: `${code}: ${message}`, mend };
  }
}

async function examineBlobs(visitor: Visitor): Promise<readonly Finding[]> {
  const { blobs } = visitor.backend;
  const names = await referencedBlobs(visitor);
  const findings: Finding[] = [];
  let at = 0;
  const step = Math.max(1, Math.floor(names.size / sampled));
  for (const id of names) {
    try {
      if ((await blobs.info(id)) === undefined || at++ % step === 0) await blobs.get(id);
    } catch (error) {
      const { code, message, mend } = failureOf(error);
      findings.push({ ok: false, about: 'blob', says: `${code}: ${message}`, mend });
    }
  }
  if (findings.length > 0 || names.size === 0) return findings;
  return [{ ok: true, about: 'blobs', says: `${names.size} referred to, all there${step > 1 ? '; a sample was read' : ''}` }];
}

async function referencedBlobs(visitor: Visitor): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let after = 0; ;) {
    const texts = await visitor.backend.journalTexts(after, page);
    for (const { text } of texts) for (const [, id = ''] of text.matchAll(/"blob":"(sha256-[0-9a-f]{64})"/g)) names.add(id);
    const last = texts.at(-1);
    if (last === undefined) return names;
    after = last.id;
  }
}
