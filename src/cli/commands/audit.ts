import type { Command } from 'commander';
import { auditLines } from '../access/audit-lines.ts';
import { noteLook, withAccess } from '../access/with-access.ts';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { commandLine } from '../hints.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type StoreOptions } from '../store.ts';
import { hasData, mustHaveDataIfNamed } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
}

interface VerifyOptions extends Options {
  readonly expect?: string;
}

interface ListOptions extends Options {
  readonly run?: string;
  readonly who?: string;
  readonly limit: string;
}

export function addAudit(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const audit = program
    .command('audit')
    .summary('who did what: list and verify the audit log')
    .description('The audit log says who did what, to which run. Each record has a hash over itself and the hash of the one before.');
  audit
    .command('verify')
    .summary('check that nothing in it was changed')
    .description(
      'Reads the whole audit log and checks that each record follows from the one before. Where one does not, it says which, and exits with 1. ' +
        'That its end was not cut off is known to whoever kept a hash that it showed before.',
    )
    .option('--expect <hash>', 'a hash that was the last one before: it must be in the log')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: VerifyOptions) => done(await verify(shell, options)));
  audit
    .command('list')
    .summary('list who did what')
    .description('Lists what was done, the newest first.')
    .option('--run <id>', 'only to this run')
    .option('--who <who>', 'only by this one: key:<id>, admin, webhook:<name>, cli:<user>')
    .option('--limit <n>', 'how many', '20')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: ListOptions) => done(await list(shell, options)));
}

async function verify(shell: Shell, options: VerifyOptions): Promise<number> {
  const { expect, json } = options;
  const store = storeOf(options, shell.env);
  if (expect !== undefined && !/^[0-9a-f]{64}$/.test(expect))
    throw new ContinuoError('USAGE', `--expect ${JSON.stringify(expect)} is no hash: \`audit verify\` shows one, of 64 digits and letters`);
  const { seq, hash } = await withAccess(store, false, async (desk) => {
    try {
      const last = await desk.tools.verifyAudit(desk.access.audit, expect);
      await noteLook(desk, 'audit.verify', shell, store, { records: last.seq, hash: last.hash });
      return last;
    } catch (error) {
      await noteLook(desk, 'audit.verify', shell, store, { error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  });
  const { out } = shell;
  if (json === true) out.line(JSON.stringify({ status: 'whole', records: seq, hash }));
  else {
    const { paint } = out;
    const many = seq === 1 ? '1 record' : `${seq.toLocaleString('en')} records`;
    out.line(
      `${paint('green', '✔')} ${paint('bold', 'the audit log is whole')}: ${many}${seq === 0 ? '' : ', each follows from the one before'}`,
    );
    if (seq > 0) out.line(`  the last one’s hash is ${hash}`);
    if (seq > 0 && expect === undefined)
      out.line(
        paint(
          'dim',
          `  keep it elsewhere: \`${commandLine('audit', 'verify', '--expect')} <hash>\` later tells whether an end was cut off`,
        ),
      );
  }
  return exitCodes.succeeded;
}

async function list(shell: Shell, options: ListOptions): Promise<number> {
  const limit = Number(options.limit);
  if (!(Number.isInteger(limit) && limit > 0))
    throw new ContinuoError('USAGE', `--limit ${JSON.stringify(options.limit)} is not a positive whole number`);
  const { run, who } = options;
  const store = storeOf(options, shell.env);
  mustHaveDataIfNamed(store);
  const query = { limit: limit + 1, ...(run === undefined ? {} : { run }), ...(who === undefined ? {} : { who }) };
  const found = hasData(store)
    ? await withAccess(store, false, async (desk) => {
        const records = await desk.tools.auditTrail(desk.access.audit, query);
        await noteLook(desk, 'audit.list', shell, store, { run, who });
        return records;
      })
    : [];
  const [records, more] = [found.slice(0, limit), found.length > limit];
  const { out } = shell;
  if (options.json === true) out.line(JSON.stringify({ records, more }));
  else if (records.length === 0)
    out.line(
      out.paint(
        'dim',
        run === undefined && who === undefined ? `nobody has done anything in ${placeOf(store)} yet` : 'nothing of that kind',
      ),
    );
  else {
    for (const line of auditLines(records, out.isTerminal ? out.columns : 240, out.paint)) out.line(line);
    if (more) out.line(out.paint('dim', '… there is more: --limit'));
  }
  return exitCodes.succeeded;
}
