import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { planTools } from '../../compose.ts';
import { ContinuoError } from '../../core/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseJson } from '../load/json-text.ts';
import { load } from '../load/load.ts';
import type { Shell } from '../shell.ts';
import { oneLine } from '../terminal/width.ts';

interface KeygenOptions {
  readonly json?: true;
}

interface SignOptions {
  readonly key: string;
  readonly signer?: string;
  readonly out?: string;
}

interface VerifyOptions {
  readonly signer: readonly string[];
  readonly json?: true;
}

export function addPlans(program: Command, shell: Shell, done: (exitCode: number) => void): void {
  const plans = program
    .command('plans')
    .summary('sign plans, and see whether a signature counts')
    .description('Plans that somebody vouches for: a server that is started with --require-signed runs no others.');
  plans
    .command('keygen')
    .summary('make a pair of keys to sign with')
    .description('Makes a pair of Ed25519 keys: <name>.pem to sign with and to keep to oneself, and <name>.pub.pem for servers.')
    .argument('<name>', 'whose keys they are; files are written beside it, and none is written over')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (name: string, options: KeygenOptions) => done(await keygen(shell, name, options)));
  plans
    .command('sign')
    .summary('sign a plan')
    .description('Signs a plan as data, exactly as it will run, fallback plans included; what it gives is handed in to POST /api/v1/plans.')
    .argument('<plan>', 'plan.json')
    .requiredOption('-k, --key <pem>', 'the private key')
    .option('-s, --signer <name>', 'the name under which servers know the key (default: that of its file)')
    .option('-o, --out <file>', 'where the signed plan goes (default: stdout)')
    .action(async (source: string, options: SignOptions) => done(await sign(shell, source, options)));
  plans
    .command('verify')
    .summary('see whether a signed plan is vouched for')
    .description(
      'Tells who vouches for a signed plan; the exit code is 1 where the signature is of nobody who is named, or of another plan.',
    )
    .argument('<signed>', 'what `continuo plans sign` wrote')
    .requiredOption('-s, --signer <pem...>', 'public keys that count: ada.pub.pem, or ada=path')
    .option('--json', 'one JSON object as the last line of stdout')
    .action(async (path: string, options: VerifyOptions) => done(await verify(shell, path, options)));
}

async function keygen({ out }: Shell, name: string, { json }: KeygenOptions): Promise<number> {
  const { makeSigningKeys } = await planTools();
  const { privateKey, publicKey } = makeSigningKeys();
  const [own, shown] = [`${name}.pem`, `${name}.pub.pem`];
  // Before either is written: half a pair is of no use.
  for (const path of [own, shown]) if (existsSync(path)) throw writtenOver(path);
  write(own, privateKey, 0o600);
  write(shown, publicKey, 0o644);
  if (json === true) out.line(JSON.stringify({ signer: basename(name), private: own, public: shown }));
  else {
    const { paint } = out;
    out.line(`${paint('green', '✔')} ${paint('bold', oneLine(own))} signs; keep it to yourself`);
    out.line(`${paint('green', '✔')} ${paint('bold', oneLine(shown))} is for servers that are to trust ${oneLine(basename(name))}`);
  }
  return exitCodes.succeeded;
}

async function sign({ out, err }: Shell, source: string, options: SignOptions): Promise<number> {
  const { signWith } = await planTools();
  const { workflow } = await load(source, undefined);
  if (workflow.code.size > 0)
    throw new ContinuoError('USAGE', `${source} has functions of its own; only plans that are data alone are handed in, and signed`);
  const signer = options.signer ?? basename(options.key, extname(options.key));
  const { plan, signature, hash } = signWith(workflow.plan, signer, options.key);
  const text = JSON.stringify({ plan, signature });
  if (options.out === undefined) out.line(text);
  else write(options.out, `${text}\n`, 0o644);
  err.line(`${err.paint('green', '✔')} ${err.paint('bold', workflow.id)} is signed by ${oneLine(signer)}  ${err.paint('dim', hash)}`);
  return exitCodes.succeeded;
}

async function verify({ out }: Shell, path: string, { signer: signers, json }: VerifyOptions): Promise<number> {
  const { mustVouch } = await planTools();
  const { workflow, hash, signer } = mustVouch(parseJson(textOf(path), path, 'USAGE'), path, signers);
  if (json === true) out.line(JSON.stringify({ status: 'valid', workflow, hash, signer }));
  else out.line(`${out.paint('green', '✔')} ${out.paint('bold', workflow)} is signed by ${oneLine(signer)}  ${out.paint('dim', hash)}`);
  return exitCodes.succeeded;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('USAGE', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function write(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { mode, flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw writtenOver(path);
    throw new ContinuoError('USAGE', `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const writtenOver = (path: string): ContinuoError =>
  new ContinuoError('USAGE', `${path} is there already and is not written over: choose another name, or take it away`);
