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
    .option('--origin <origin...>', 'web pages that may call it from a browser, such as https://app.example.org')
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
    .option('--allow-host <host...>', 'hosts that URLs of clients may lead to although they are private')
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr').choices(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'as lines of JSON, or for people (default: text on a terminal)').choices(['json', 'text']),
    );
}

function count(given: string): number {
  const number = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('it must be a whole number');
  return number;
}
