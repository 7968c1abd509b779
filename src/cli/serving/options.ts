/** Options that processes have in common that stay up. */
import { InvalidArgumentError, type Command } from 'commander';

const defaultDrain = 30;

export interface ServingOptions {
  readonly port?: number;
  readonly host?: string;
  readonly drain: number;
  readonly json?: true;
}

export function servingOptions(command: Command, where = 'where the health routes are offered (default: any free port)'): Command {
  return command
    .option('-p, --port <port>', where, portNumber)
    .option('--host <host>', 'address to listen at (default: 127.0.0.1, this machine alone)')
    .option('--drain <seconds>', 'how long work in hand may take when it is told to end', seconds, defaultDrain)
    .option('--json', 'one JSON object a line on stdout; what agents print goes to stderr');
}

function portNumber(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) throw new InvalidArgumentError('it must be a whole number from 0 to 65535');
  return port;
}

function seconds(given: string): number {
  const count = Number(given);
  if (!/^\d+(?:\.\d+)?$/.test(given) || count > 86_400) throw new InvalidArgumentError('it must be a number of seconds, at most a day');
  return count;
}

export function positive(given: string): number {
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('it must be a whole number from 1 on');
  return count;
}
