/** Where the things of a picture stand. Pure: all lengths are pixels of the frame. */
import { layoutOf, type Box } from '../../film/aspect.ts';
import type { Entrance, Sprite } from '../../film/picture.ts';
import type { PictureBrief } from '../brief.ts';

/** What is drawn: a thing of the library, or one of the shapes that hold a picture together. */
export type Drawn =
  | { readonly is: 'thing'; readonly name: string; readonly shadow: boolean }
  | { readonly is: 'ring' }
  | { readonly is: 'ground' }
  | { readonly is: 'chip' }
  | { readonly is: 'plus' }
  | { readonly is: 'arrow' }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'diagram' }
  | { readonly is: 'photo' };

export interface Placed {
  readonly drawn: Drawn;
  readonly box: Box;
  /** Degrees, clockwise. */
  readonly tilt: number;
  readonly role: Sprite['role'];
  readonly entrance: Entrance;
  readonly after: number;
  readonly float: number;
}

interface Ask {
  readonly brief: PictureBrief;
  /** The part of the frame that the picture has. */
  readonly room: Box;
}

/** From back to front. */
export function placementOf(brief: PictureBrief): readonly Placed[] {
  const ask: Ask = { brief, room: roomFor(brief) };
  const placed = arranged(ask);
  return brief.number === null || !hasBadge(brief) ? placed : [...placed, badge(ask, brief.number)];
}

/** Words need room too: below the hero of a title and an ending, beside or below what is needed. */
function roomFor({ kind, aspect }: PictureBrief): Box {
  const { picture } = layoutOf(aspect);
  const upper = (share: number): Box => ({ ...picture, height: Math.floor(picture.height * share) });
  switch (kind) {
    case 'title':
      return aspect === '16:9' ? picture : upper(0.68);
    case 'ending':
      return aspect === '16:9' ? picture : upper(0.7);
    case 'materials':
      return aspect === '16:9' ? { ...picture, width: Math.floor(picture.width * 0.48) } : upper(0.52);
    case 'step':
    case 'result':
      return picture;
  }
}

function arranged(ask: Ask): readonly Placed[] {
  switch (ask.brief.arrangement) {
    case 'ring':
      return ring(ask);
    case 'podium':
      return podium(ask);
    case 'plus':
      return pair(ask, 'plus');
    case 'arrow':
      return pair(ask, 'arrow');
    case 'row':
      return row(ask);
    case 'board':
      return [whole(ask, { is: 'diagram' }, 'diagram', 0.15)];
    case 'frame':
      return [whole(ask, { is: 'photo' }, 'photo', 0.25)];
    case 'title':
      return title(ask);
    case 'ending':
      return ending(ask);
  }
}

const thing = (name: string, shadow = true): Drawn => ({ is: 'thing', name, shadow });

/** A square around a point. */
const around = (x: number, y: number, size: number): Box => ({
  x: Math.round(x - size / 2),
  y: Math.round(y - size / 2),
  width: Math.round(size),
  height: Math.round(size),
});

const middleOf = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];

/** Where the others stand, from the middle of the ring: right, down, how large, how tilted. */
type Spot = readonly [right: number, down: number, share: number, tilt: number];
type Spots = readonly [Spot, Spot, Spot];
const allRound: Spots = [
  [0.385, -0.335, 0.23, 14],
  [-0.4, -0.26, 0.2, -16],
  [0.375, 0.34, 0.2, -10],
];
const clearOfBadge: Spots = [
  [0.385, -0.335, 0.23, 14],
  [-0.4, 0.3, 0.2, -14],
  [0.38, 0.34, 0.2, -10],
];

const hasBadge = ({ kind, number }: PictureBrief): boolean => kind === 'step' && number !== null;

/** The hero in a glowing ring; the others stand on it, clear of the hero. */
function ring({ brief, room }: Ask, share = 0.64): readonly Placed[] {
  const [hero = '', ...others] = brief.things;
  const [x, y] = middleOf(room);
  const size = Math.min(room.width * 0.92, room.height);
  // A wide room lets the others stand farther out.
  const reach = Math.min(1.25, Math.max(1, room.width / size / 1.15));
  const numbered = hasBadge(brief);
  const flipped = brief.seed % 2 === 1 && !numbered ? -1 : 1;
  const spots = numbered ? clearOfBadge : allRound;
  return [
    still(around(x, y, size), { is: 'ring' }),
    { ...resting(thing(hero), around(x, y - size * 0.01, size * share)), role: 'hero', entrance: 'pop', after: 0, float: 1 },
    ...others.slice(0, spots.length).map((name, at): Placed => {
      const [dx, dy, part, tilt] = spots[at] ?? spots[0];
      const box = inside(around(x + dx * size * reach * flipped, y + dy * size, size * part), room);
      return { ...resting(thing(name, false), box), tilt: tilt * flipped, entrance: 'pop', after: 0.3 + at * 0.16, float: 0.7 };
    }),
  ];
}

/** The hero stands on the ground, the others a little smaller beside it. */
function podium({ brief, room }: Ask): readonly Placed[] {
  const [hero = '', ...others] = brief.things;
  const [x] = middleOf(room);
  const size = Math.min(room.width * (others.length === 0 ? 0.72 : 0.56), room.height * 0.8);
  const floor = room.y + room.height * 0.9;
  const side = Math.min(size * 0.48, (room.width - size) / 2 + size * 0.05);
  const beside = (name: string, at: number): Placed => {
    const direction = (at === 0 ? -1 : 1) * (brief.seed % 2 === 1 ? -1 : 1);
    const middle = x + direction * (size / 2 + side * 0.36);
    const box = inside({ ...around(middle, 0, side), y: Math.round(floor - side * 0.94) }, room);
    return { ...resting(thing(name), box), tilt: direction * 4, entrance: 'rise', after: 0.3 + at * 0.18, float: 0.25 };
  };
  const width = Math.min(room.width, size * 1.5);
  return [
    still(
      { x: Math.round(x - width / 2), y: Math.round(floor - size * 0.15), width: Math.round(width), height: Math.round(size * 0.24) },
      { is: 'ground' },
    ),
    ...others.slice(0, 2).map(beside),
    {
      ...resting(thing(hero, false), { ...around(x, 0, size), y: Math.round(floor - size * 0.97) }),
      role: 'hero',
      entrance: 'rise',
      after: 0,
      float: 0.5,
    },
  ];
}

/** Two things, and between them what happens. */
function pair({ brief, room }: Ask, sign: 'plus' | 'arrow'): readonly Placed[] {
  const [left = '', right = left, ...others] = brief.things;
  const [x, y] = middleOf(room);
  const size = Math.min(room.width * 0.41, room.height * 0.8);
  const apart = Math.min(room.width - size, size * 1.36) / 2;
  const mark = size * 0.27;
  const small = size * 0.34;
  return [
    ...[-1, 1].map((side): Placed => still(around(x + side * apart, y, size), { is: 'chip' })),
    ...[left, right].map((name, at): Placed => ({
      ...resting(thing(name), around(x + (at === 0 ? -apart : apart), y - size * 0.01, size * 0.74)),
      role: at === 0 ? 'hero' : 'satellite',
      entrance: at === 0 ? 'slide-right' : 'slide-left',
      after: at * 0.35,
      float: 0.6,
    })),
    { ...resting({ is: sign }, around(x, y, mark)), entrance: 'pop', after: 0.55, float: 0 },
    ...others.slice(0, 1).map((name): Placed => ({
      ...resting(thing(name, false), inside(around(x, y + size * 0.62, small), room)),
      entrance: 'pop',
      after: 0.75,
      float: 0.5,
    })),
  ];
}

/** Several things side by side, each on a chip. */
function row({ brief, room }: Ask): readonly Placed[] {
  const names = brief.things.slice(0, 6);
  const columns = columnsFor(names.length, room);
  const lines = Math.ceil(names.length / columns);
  const size = Math.min(room.width / columns, room.height / lines, 300);
  const [x, y] = middleOf(room);
  return names.flatMap((name, at): readonly Placed[] => {
    const line = Math.floor(at / columns);
    // The last line is as full as there are things left.
    const inLine = line === lines - 1 ? names.length - line * columns : columns;
    const spread = Math.min(room.width / columns, size * 1.12);
    const middle = [
      x + ((at % columns) - (inLine - 1) / 2) * spread,
      y + (line - (lines - 1) / 2) * Math.min(room.height / lines, size * 1.08),
    ] as const;
    const after = 0.12 + at * 0.14;
    return [
      { ...still(around(...middle, size * 0.94), { is: 'chip' }), entrance: 'pop', after },
      {
        ...resting(thing(name), around(...middle, size * 0.64)),
        role: at === 0 ? 'hero' : 'satellite',
        entrance: 'pop',
        after: after + 0.05,
        float: 0.3,
      },
    ];
  });
}

/** The number of columns that lets things be largest. */
function columnsFor(count: number, room: Box): number {
  const sizeWith = (columns: number): number => Math.min(room.width / columns, room.height / Math.ceil(count / columns));
  return [1, 2, 3, 4, 5, 6]
    .filter((columns) => columns <= Math.max(1, count))
    .reduce((best, columns) => (sizeWith(columns) > sizeWith(best) + 1 ? columns : best), 1);
}

function whole({ brief, room }: Ask, drawn: Drawn, role: Sprite['role'], float: number): Placed {
  const { width, height } = brief.diagram ?? brief.photo ?? room;
  const scale = Math.min(room.width / width, room.height / height);
  const box = around(...middleOf(room), 0);
  const fitted: Box = {
    x: Math.round(box.x - (width * scale) / 2),
    y: Math.round(box.y - (height * scale) / 2),
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  };
  return { ...resting(drawn, fitted), role, entrance: 'pop', after: 0, float };
}

/** There from the first frame: it is what people see before they decide to look. */
function title(ask: Ask): readonly Placed[] {
  return ring(ask, 0.67).map((one) =>
    one.role === 'hero' || one.drawn.is === 'ring' ? { ...one, entrance: 'still' as const, after: 0 } : one,
  );
}

/** The hero once more, and a small feast around it. */
function ending(ask: Ask): readonly Placed[] {
  return ring(ask);
}

/** In the corner where the eye begins; half of it stands above the picture, beside the heading. */
function badge({ room, brief }: Ask, number: number): Placed {
  const size = brief.aspect === '1:1' ? 104 : 132;
  return {
    ...resting({ is: 'number', number }, { x: room.x, y: Math.round(room.y - size * 0.55), width: size, height: size }),
    role: 'badge',
    entrance: 'pop',
    after: 0.12,
    float: 0,
    tilt: -6,
  };
}

const resting = (drawn: Drawn, box: Box): Placed => ({ drawn, box, tilt: 0, role: 'satellite', entrance: 'pop', after: 0, float: 0 });

const still = (box: Box, drawn: Drawn): Placed => ({ ...resting(drawn, box), entrance: 'fade' });

/** Moved as little as it takes to be within. */
function inside(box: Box, room: Box): Box {
  return {
    ...box,
    x: Math.round(Math.min(Math.max(box.x, room.x), room.x + room.width - box.width)),
    y: Math.round(Math.min(Math.max(box.y, room.y), room.y + room.height - box.height)),
  };
}
