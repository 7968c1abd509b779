/** Prometheus's own tool, which says whether it would read what is written for it. */
import { spawnSync } from 'node:child_process';

export function hasPromtool(): boolean {
  return spawnSync('promtool', ['--version']).status === 0;
}

/** What it says; throws where it finds fault. */
export function promtool(words: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', words, { input, encoding: 'utf8' });
  if (error !== undefined)
    throw new Error('there is no promtool to test with; install it: apt-get install prometheus, or brew install prometheus');
  if (status !== 0) throw new Error(`promtool ${words.join(' ')} found fault:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}
