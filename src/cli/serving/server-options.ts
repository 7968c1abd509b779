/** Options of a process that answers over HTTP. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ServerWords } from '../../compose.ts';

export interface ServerOptions extends ServerWords {
  readonly systems: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly logFormat?: 'json' | 'text';
}

export function serverOptions(command: Command): Command {
  return command
    .option('--no-systems', 'without the systems that come along: only what --agents and --workflows offer')
    .option('--origin <origin...>', 'web pages that may call it from a browser, such as https://app.example.org; *: any', each(origin))
    .option('--tls-key <file>', 'answer over HTTPS: its private key (PEM)')
    .option('--tls-cert <file>', '… and its certificate with the chain (PEM)')
    .option('--trust-proxy [address...]', 'it stands behind a proxy whose X-Forwarded headers count: any, or those at these addresses')
    .option('--rate <count>', 'requests of one key in a second, on all nodes together; 0: no limit (default: 10)', count)
    .option('--film-rate <count>', 'films that one key may ask for in a minute; 0: no limit (default: 2)', count)
    .option('--body-limit <bytes>', 'the largest JSON body that is read (default: 1048576)', count)
    .option('--signer <file...>', 'public keys (PEM) of those whose signatures on plans count')
    .option('--require-signed', 'run no plans that nobody signed whom --signer names')
    .option('--webhooks <file>', 'what may be started from outside by a signed message (TOML)')
    .option('--metrics-open', '/metrics needs no key')
    .option('--allow-host <host...>', 'hosts that URLs of clients may lead to although they are private', each(host))
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr').choices(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'as lines of JSON, or for people (default: text on a terminal)').choices(['json', 'text']),
    );
}

/** For options of several words. */
function each(read: (given: string) => string): (given: string, before: readonly string[] | undefined) => readonly string[] {
  return (given, before = []) => [...before, read(given)];
}

/** As browsers write it, or it would never be the one that they send. */
function origin(given: string): string {
  if (given === '*') return given;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || `${url.pathname}${url.search}${url.hash}` !== '/')
    throw new InvalidArgumentError('it must be a scheme and a host, such as https://app.example.org or http://localhost:5173');
  return url.origin;
}

function host(given: string): string {
  const url = URL.canParse(`http://${given}`) ? new URL(`http://${given}`) : undefined;
  if (url === undefined || given.includes('/') || given.includes('@'))
    throw new InvalidArgumentError('it must be a host, with a port or without: files.internal, 10.0.0.5:9000');
  return given;
}

function count(given: string): number {
  const number = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('it must be a whole number');
  return number;
}
