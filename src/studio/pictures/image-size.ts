/** How large a picture is, from the first bytes of its file: PNG, JPEG and WebP, without decoding them. Pure. */
import type { Size } from '../film/aspect.ts';

export type MeasuredImage = (Size & { readonly type: 'image/png' | 'image/jpeg' | 'image/webp' }) | { readonly why: string };

export function measureImage(bytes: Uint8Array): MeasuredImage {
  if (bytes.length === 0) return { why: 'it is empty' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return measured(view) ?? { why: 'it is no PNG, JPEG or WebP picture' };
  } catch (error) {
    if (error instanceof RangeError) return { why: 'it is cut off' };
    throw error;
  }
}

/** Reading past the end throws a RangeError. */
function measured(view: DataView): MeasuredImage | undefined {
  if (view.getUint32(0) === 0x89504e47) return sized('image/png', view.getUint32(16), view.getUint32(20));
  if (view.getUint16(0) === 0xffd8) return jpeg(view);
  if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return webp(view);
  return undefined;
}

function sized(type: 'image/png' | 'image/jpeg' | 'image/webp', width: number, height: number): MeasuredImage {
  return width > 0 && height > 0 ? { type, width, height } : { why: 'it has no size' };
}

function jpeg(view: DataView): MeasuredImage {
  let turned = false;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return { why: 'it is damaged' };
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1) turned ||= isTurned(view, at + 4);
    // The frame headers are C0 to CF, but for the three that begin tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return turned ? sized('image/jpeg', height, width) : sized('image/jpeg', width, height);
    }
    if (marker === 0xda) return { why: 'it is damaged' };
    at += 2 + length;
  }
}

const orientationTag = 0x0112;

/** Cameras write down how they were held: 5 to 8 lie on their side. */
function isTurned(view: DataView, at: number): boolean {
  if (view.getUint32(at) !== 0x45786966) return false;
  const start = at + 6;
  const little = view.getUint16(start) === 0x4949;
  const first = start + view.getUint32(start + 4, little);
  const count = view.getUint16(first, little);
  for (let entry = 0; entry < count; entry++) {
    const place = first + 2 + entry * 12;
    if (view.getUint16(place, little) === orientationTag) return view.getUint16(place + 8, little) >= 5;
  }
  return false;
}

function webp(view: DataView): MeasuredImage {
  switch (view.getUint32(12)) {
    // "VP8X": the size of the canvas, less one, in three bytes each.
    case 0x56503858:
      return sized('image/webp', 1 + uint24(view, 24), 1 + uint24(view, 27));
    // "VP8L": fourteen bits each, less one.
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return sized('image/webp', 1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
    }
    // "VP8 ": fourteen bits each, behind the start code.
    case 0x56503820:
      return sized('image/webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default:
      return { why: 'it is damaged' };
  }
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
