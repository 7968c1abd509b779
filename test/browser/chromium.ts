/** Debian's browser, without a window. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = [process.env['CONTINUO_CHROMIUM'] ?? '', 'chromium', 'chromium-browser', 'google-chrome'];
const found = (): string | undefined => names.find((name) => name !== '' && spawnSync(name, ['--version']).status === 0);

export function hasChromium(): boolean {
  return found() !== undefined;
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
];

export interface Browser {
  /** What it complained of, for when a page tells nothing. */
  complaints(): string;
  close(): Promise<void>;
}

export function openPage(url: string): Browser {
  const name = found();
  if (name === undefined)
    throw new Error('there is no Chromium to test with; install it: apt-get install chromium, or set CONTINUO_CHROMIUM to one');
  const profile = mkdtempSync(join(tmpdir(), 'continuo-browser-'));
  const browser = spawn(name, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, url], {
    // It listens at the two last, and stays for as long as they are open.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  let said = '';
  browser.stderr?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
  const ended = once(browser, 'exit');
  return {
    complaints: () => said,
    close: async () => {
      browser.kill('SIGTERM');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
