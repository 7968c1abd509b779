/** Pictures that are drawn and not loaded: quiet patterns in the colours of the site. */
import type { RulesContext } from 'continuo';
import { between, oneOf } from '../../../../english/chance.ts';

const round = (value: number): number => Math.round(value * 10) / 10;

function hills(ctx: RulesContext): readonly string[] {
  return [0, 1, 2, 3].map((row) => {
    const base = 120 + row * 45;
    const points = [0, 1, 2, 3, 4].map((column) => `${column * 100} ${base + between(ctx, -28, 28)}`);
    const [first = '', ...rest] = points;
    const curve = rest.map((point, at) => `S ${at * 100 + 60} ${point.split(' ')[1] ?? base} ${point}`).join(' ');
    return `<path class="a${row % 3}" d="M ${first} ${curve} V 300 H 0 Z"/>`;
  });
}

function suns(ctx: RulesContext): readonly string[] {
  const [x, y] = [between(ctx, 120, 280), between(ctx, 110, 190)];
  return [150, 112, 76, 40].map((radius, at) => `<circle class="a${at % 3}" cx="${x}" cy="${y}" r="${radius}"/>`);
}

function tiles(ctx: RulesContext): readonly string[] {
  return Array.from({ length: 12 }, (_, at) => {
    const [x, y] = [(at % 4) * 100, Math.floor(at / 4) * 100];
    const shape = between(ctx, 0, 3);
    const colour = `a${between(ctx, 0, 2)}`;
    if (shape === 0) return `<path class="${colour}" d="M ${x} ${y} h 100 a 100 100 0 0 1 -100 100 Z"/>`;
    if (shape === 1) return `<path class="${colour}" d="M ${x + 100} ${y + 100} h -100 a 100 100 0 0 1 100 -100 Z"/>`;
    return shape === 2
      ? `<circle class="${colour}" cx="${x + 50}" cy="${y + 50}" r="50"/>`
      : `<rect class="${colour}" x="${x}" y="${y}" width="100" height="100"/>`;
  });
}

function leaves(ctx: RulesContext): readonly string[] {
  return Array.from({ length: 9 }, (_, at) => {
    const [x, y] = [40 + (at % 3) * 140 + between(ctx, -16, 16), 60 + Math.floor(at / 3) * 95];
    const turn = between(ctx, 0, 7) * 45;
    return `<path class="a${at % 3}" transform="rotate(${turn} ${x} ${y})" d="M ${x} ${y - 46} q 42 46 0 92 q -42 -46 0 -92 Z"/>`;
  });
}

function waves(ctx: RulesContext): readonly string[] {
  const shift = between(ctx, 0, 60);
  return [0, 1, 2, 3, 4].map((row) => {
    const y = 70 + row * 48;
    const high = between(ctx, 14, 30);
    return `<path class="line a${row % 3}" d="M ${-60 + shift - row * 12} ${y} q 30 ${-high} 60 0 t 60 0 t 60 0 t 60 0 t 60 0 t 60 0 t 60 0 t 60 0"/>`;
  });
}

function rays(ctx: RulesContext): readonly string[] {
  const count = oneOf(ctx, [9, 12, 15]);
  return Array.from({ length: count }, (_, at) => {
    const [from, to] = [(at / count) * Math.PI, ((at + 0.55) / count) * Math.PI];
    const point = (angle: number): string => `${round(200 - Math.cos(angle) * 320)} ${round(300 - Math.sin(angle) * 320)}`;
    return `<path class="a${at % 3}" d="M 200 300 L ${point(from)} L ${point(to)} Z"/>`;
  });
}

/** Beside words that say the same, so that it is hidden from those who listen. */
export function art(ctx: RulesContext): string {
  const shapes = oneOf(ctx, [hills, suns, tiles, leaves, waves, rays])(ctx);
  return `<svg class="art" viewBox="0 0 400 300" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">\n${shapes.map((shape) => `  ${shape}`).join('\n')}\n</svg>`;
}
