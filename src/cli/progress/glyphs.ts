/** How the state of a step looks. */
import type { Paint } from '../terminal/screen.ts';
import type { Line } from './board.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** `now` turns the wheel of what runs; without it everything stands still. */
export function glyph(state: Line['state'], waitsFor: string | undefined, paint: Paint, now?: number): string {
  switch (state) {
    case 'pending':
      return paint('dim', '○');
    case 'running':
      return paint('cyan', now === undefined ? '●' : (frames[Math.floor(now / 100) % frames.length] ?? '●'));
    case 'retrying':
      return paint('yellow', '↻');
    case 'waiting':
      return waitsFor === 'an answer' ? paint('magenta', '?') : paint('blue', '◷');
    case 'done':
      return paint('green', '✔');
    case 'skipped':
      return paint('dim', '–');
    case 'overtaken':
      return paint('dim', '»');
    case 'failed':
      return paint('red', '✖');
    case 'undone':
      return paint('yellow', '↶');
  }
}

/** `▰▰▰▱▱`. */
export function bar(share: number, cells: number): string {
  const full = Math.min(cells, Math.max(0, Math.round(share * cells)));
  return '▰'.repeat(full) + '▱'.repeat(cells - full);
}
