/** Scenes as a film has them, drawn here: a ground with rays and glows, a hero, satellites, and a word every third of a second. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { layoutOf, type Aspect, type Layout } from '../../src/studio/film/aspect.ts';
import type { Palette } from '../../src/studio/film/palette.ts';
import type { Sprite } from '../../src/studio/film/picture.ts';
import type { Quality } from '../../src/studio/film/quality.ts';
import type { SceneKind, SegmentInput, Transition } from '../../src/studio/film/scene.ts';
import type { RenderTask } from '../../src/studio/render/render-segment-task.ts';

export const palette: Palette = {
  name: 'night',
  ground: ['#1b1464', '#0a0630'],
  glows: ['#0aa5b5', '#e0357f', '#1f4fd8'],
  accent: '#ffd54a',
  onAccent: '#14102b',
  ink: '#ffffff',
  shade: '#120a36',
};

export type SceneTask = Omit<RenderTask, 'ffmpeg' | 'output'>;

export interface SetOptions {
  readonly folder: string;
  readonly aspect: Aspect;
  readonly quality: Quality;
  readonly scenes: number;
  readonly frames: number;
}

const text = 'Fold the paper in half along the long side then open it again so that the crease shows where the middle is'.split(' ');
const turns: readonly Transition[] = ['iris', 'wipe', 'slide'];

export async function sceneSet({ folder, aspect, quality, scenes, frames }: SetOptions): Promise<readonly SceneTask[]> {
  await mkdir(folder, { recursive: true });
  const layout = layoutOf(aspect);
  const names = { hero: join(folder, 'hero.png'), satellite: join(folder, 'satellite.png') };
  await writeFile(names.hero, picture(640, ball));
  await writeFile(names.satellite, picture(180, star));
  return await Promise.all(
    Array.from({ length: scenes }, async (_, index) => {
      const background = join(folder, `ground-${aspect.replace(':', 'x')}-${index}.png`);
      await writeFile(background, ground(layout, index));
      const sprites = spritesOf(layout);
      const files = sprites.map(({ role }) => (role === 'hero' ? names.hero : names.satellite));
      const kind: SceneKind = index === 0 ? 'title' : index === scenes - 1 ? 'ending' : 'step';
      return { segment: segmentOf({ index, kind, layout, sprites, aspect, quality, scenes, frames }), background, sprites: files };
    }),
  );
}

interface SegmentParts extends Omit<SetOptions, 'folder'> {
  readonly index: number;
  readonly kind: SceneKind;
  readonly layout: Layout;
  readonly sprites: readonly Sprite[];
}

const nothing = { blob: '', bytes: 0, type: 'image/png' };

function segmentOf({ index, kind, layout, sprites, aspect, quality, scenes, frames }: SegmentParts): SegmentInput {
  const words = Array.from({ length: Math.floor((frames / 30 - 0.4) / 0.35) }, (_, at) => ({
    text: text[(at + index) % text.length] ?? '',
    start: 0.2 + at * 0.35,
    end: 0.5 + at * 0.35,
  }));
  return {
    kind,
    index,
    count: scenes,
    frames,
    words,
    card: {
      title: kind === 'title' ? 'Paper airplanes' : null,
      heading: kind === 'step' ? `STEP ${index} OF ${scenes - 2}` : null,
      list: [],
      button: kind === 'ending' ? 'Save this for later' : null,
    },
    picture: {
      background: nothing,
      overscan: overscanOf(layout),
      motion: index === 3 ? 'ken-burns' : 'drift',
      sprites,
      palette,
      shows: 'a ball',
      provenance: { agent: 'bench', version: '1', by: 'offline', inputs: [] },
    },
    aspect,
    quality,
    template: 'tiktok-bold',
    opening: turns[(index + 2) % 3] ?? 'cut',
    closing: turns[index % 3] ?? 'cut',
  };
}

const overscanOf = ({ frame }: Layout): { readonly x: number; readonly y: number } => ({
  x: Math.round(frame.width * 0.03) * 2,
  y: Math.round(frame.height * 0.03) * 2,
});

function spritesOf({ picture: { x, y, width, height } }: Layout): readonly Sprite[] {
  const size = Math.min(640, height);
  const hero = { x: x + (width - size) / 2, y: y + (height - size) / 2, width: size, height: size };
  const places = [
    [x, y],
    [x + width - 180, y + 40],
    [x + width - 180, y + height - 220],
  ] as const;
  return [
    { image: nothing, box: hero, role: 'hero', entrance: 'pop', after: 0.1, float: 1 },
    ...places.map(([left, top], at): Sprite => {
      const box = { x: Math.round(left), y: Math.round(top), width: 180, height: 180 };
      return { image: nothing, box, role: 'satellite', entrance: at === 1 ? 'rise' : 'pop', after: 0.35 + at * 0.15, float: 0.8 };
    }),
  ];
}

function picture(size: number, draw: (context: SKRSContext2D, size: number) => void): Buffer {
  const canvas = createCanvas(size, size);
  draw(canvas.getContext('2d'), size);
  return canvas.toBuffer('image/png');
}

function ball(context: SKRSContext2D, size: number): void {
  const shine = context.createRadialGradient(size * 0.38, size * 0.32, size * 0.05, size / 2, size / 2, size * 0.46);
  shine.addColorStop(0, '#ffd9f2');
  shine.addColorStop(0.4, '#ff7ac8');
  shine.addColorStop(1, '#b02d9c');
  context.shadowColor = 'rgba(10, 4, 40, 0.5)';
  context.shadowBlur = 24;
  context.shadowOffsetY = 14;
  context.fillStyle = shine;
  context.beginPath();
  context.arc(size / 2, size * 0.48, size * 0.43, 0, 2 * Math.PI);
  context.fill();
  context.shadowColor = 'transparent';
  context.strokeStyle = '#8f2480';
  context.lineWidth = size * 0.02;
  for (let line = 0; line < 5; line++) {
    context.beginPath();
    context.arc(size * (0.3 + 0.1 * line), size * (0.35 + 0.07 * (line % 3)), size * 0.1, 0.3 * line, 0.3 * line + 2.2);
    context.stroke();
  }
}

function star(context: SKRSContext2D, size: number): void {
  const gold = context.createLinearGradient(0, 0, 0, size);
  gold.addColorStop(0, '#ffe58a');
  gold.addColorStop(1, '#ff9e3d');
  context.fillStyle = gold;
  context.beginPath();
  for (let point = 0; point < 10; point++) {
    const reach = (point % 2 === 0 ? 0.46 : 0.22) * size;
    const angle = (point * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(size / 2 + reach * Math.cos(angle), size / 2 + reach * Math.sin(angle));
  }
  context.fill();
}

function ground(layout: Layout, index: number): Buffer {
  const over = overscanOf(layout);
  const width = layout.frame.width + 2 * over.x;
  const height = layout.frame.height + 2 * over.y;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const slope = context.createLinearGradient(0, 0, width, height);
  slope.addColorStop(0, palette.ground[0]);
  slope.addColorStop(1, palette.ground[1]);
  context.fillStyle = slope;
  context.fillRect(0, 0, width, height);
  for (const [at, glow] of palette.glows.entries()) {
    const x = width * (0.3 + 0.25 * ((at + index) % 3));
    const y = height * (0.2 + 0.3 * at);
    const soft = context.createRadialGradient(x, y, 0, x, y, width * 0.6);
    soft.addColorStop(0, `${glow}b0`);
    soft.addColorStop(1, `${glow}00`);
    context.fillStyle = soft;
    context.fillRect(0, 0, width, height);
  }
  const { picture: box } = layout;
  context.translate(over.x + box.x + box.width / 2, over.y + box.y + box.height / 2);
  context.fillStyle = 'rgba(255, 255, 255, 0.10)';
  for (let ray = 0; ray < 18; ray++) {
    context.rotate((2 * Math.PI) / 18);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(height, -height * 0.06);
    context.lineTo(height, height * 0.06);
    context.fill();
  }
  return canvas.toBuffer('image/png');
}
