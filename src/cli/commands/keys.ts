import type { Command } from 'commander';
import { accessTools } from '../../compose.ts';
import { keyLines, shownKey, type Key } from '../access/key-lines.ts';
import { doerOf, noteLook, withAccess, wordsOf } from '../access/with-access.ts';
import { exitCodes } from '../exit-codes.ts';
import { commandLine } from '../hints.ts';
import type { Shell } from '../shell.ts';
import { placeOf, storeOf, type StoreOptions } from '../store.ts';
import { moment } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';
import { hasData, mustHaveDataIfNamed } from '../visiting.ts';

interface Options extends StoreOptions {
  readonly json?: true;
}

interface CreateOptions extends Options {
  readonly name: string;
  readonly scope: string;
  readonly project?: string;
  readonly expires?: string;
}

export function addKeys(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const keys = program
    .command('keys')
    .summary('make, list and revoke keys of the server')
    .description('Keys say who may use the server, for what, and in which projects. Whoever can use this command needs none.');
  keys
    .command('create')
    .summary('make a key, and show it once')
    .description(
      'Makes a key and shows it. Kept is a hash of it, so that nobody can show it again. It counts at once, also on servers that run.',
    )
    .requiredOption('--name <name>', 'who or what it is for')
    .requiredOption('--scope <scopes>', 'read, run, approve, admin; several with commas between')
    .option('--project <names>', 'the projects that it is bound to, with commas between (default: it may work in all)')
    .option('--expires <time>', 'how long it counts: 12h, 30d (default: for ever)')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: CreateOptions) => done(await create(shell, options)));
  keys
    .command('list')
    .summary('list keys')
    .description('Lists the keys of the server, the oldest first. The keys themselves are kept nowhere.')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (options: Options) => done(await list(shell, options)));
  keys
    .command('revoke')
    .summary('revoke a key')
    .description('Revokes a key for good. Servers that run refuse it from then on, on other machines within a second.')
    .argument('<id>', 'as `keys list` shows it')
    .option('-d, --dir <dir>', 'data directory (default: .continuo)')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (id: string, options: Options) => done(await revoke(shell, id, options)));
}

async function create(shell: Shell, options: CreateOptions): Promise<number> {
  const { name, scope, project, expires, json } = options;
  const store = storeOf(options, shell.env);
  const wish = {
    name,
    scopes: wordsOf(scope),
    ...(project === undefined ? {} : { projects: wordsOf(project) }),
    ...(expires === undefined ? {} : { expires }),
  };
  // What is wrong with it is said before a store is made for it.
  (await accessTools()).readWish(wish, Date.now());
  const { key, text } = await withAccess(store, true, (desk) => desk.tools.createKey(desk, wish, doerOf(shell)));
  const { out, err } = shell;
  if (json === true) {
    out.line(JSON.stringify({ ...shownKey(key), key: text }));
    return exitCodes.succeeded;
  }
  const { paint } = err;
  err.line(`${paint('green', '✔')} key ${paint('bold', key.id)} for ${oneLine(key.name)}, in ${placeOf(store)}`);
  err.line(
    `  it may ${key.scopes.join(', ')}, in ${where(key)}, ${key.expiresAt === undefined ? 'for ever' : `until ${moment(key.expiresAt)}`}`,
  );
  err.line();
  out.line(text);
  err.line();
  err.line(paint('yellow', 'It is shown this once, and kept nowhere: put it where you keep secrets.'));
  err.line(
    paint(
      'dim',
      `Requests carry it as \`Authorization: Bearer <key>\`. To end it: ${commandLine('keys', 'revoke', key.id, ...store.words)}`,
    ),
  );
  return exitCodes.succeeded;
}

function where({ projects }: Key): string {
  if (projects === undefined) return 'all projects';
  return `${projects.length === 1 ? 'project' : 'the projects'} ${oneLine(projects.join(', '))}`;
}

async function list(shell: Shell, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  mustHaveDataIfNamed(store);
  const all = hasData(store)
    ? await withAccess(store, false, async (desk) => {
        await noteLook(desk, 'key.list', shell, store);
        return desk.keys.list();
      })
    : [];
  const { out } = shell;
  if (options.json === true) out.line(JSON.stringify({ keys: all.map(shownKey) }));
  else if (all.length === 0) out.line(out.paint('dim', `no keys in ${placeOf(store)} yet: ${commandLine('keys', 'create', '--help')}`));
  else for (const line of keyLines(all, Date.now(), out.isTerminal ? out.columns : 240, out.paint)) out.line(line);
  return exitCodes.succeeded;
}

async function revoke(shell: Shell, id: string, options: Options): Promise<number> {
  const store = storeOf(options, shell.env);
  const doer = doerOf(shell);
  const key = await withAccess(store, false, (desk) => desk.tools.revokeKey(desk, id, doer));
  const { out } = shell;
  if (options.json === true) out.line(JSON.stringify(shownKey(key)));
  else if (key.revokedAt === doer.at) out.line(`${out.paint('green', '✔')} key ${key.id} for ${oneLine(key.name)} is revoked`);
  else out.line(out.paint('dim', `key ${key.id} for ${oneLine(key.name)} was revoked before, ${moment(key.revokedAt ?? doer.at)}`));
  return exitCodes.succeeded;
}
