/** The number of a step, large and round. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Palette } from '../../film/palette.ts';
import { familiesFor } from '../../lettering/fonts.ts';

export function paintBadge(pen: SKRSContext2D, size: number, number: number, { accent, onAccent, shade }: Palette, tilt: number): void {
  const middle = size / 2;
  const radius = size * 0.45;
  const text = String(number);
  pen.fillStyle = `${shade}66`;
  pen.beginPath();
  pen.arc(middle, middle + size * 0.035, radius, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = accent;
  pen.beginPath();
  pen.arc(middle, middle - size * 0.01, radius, 0, Math.PI * 2);
  pen.fill();
  pen.strokeStyle = '#ffffffb0';
  pen.lineWidth = size * 0.03;
  pen.stroke();
  pen.translate(middle, middle - size * 0.01);
  pen.rotate((tilt * Math.PI) / 180);
  pen.font = `${Math.round(size * (text.length > 1 ? 0.46 : 0.58))}px ${familiesFor([text])(800)}`;
  pen.textAlign = 'center';
  pen.fillStyle = onAccent;
  // Centred by the ink, not by the line that letters stand on.
  const { actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = pen.measureText(text);
  pen.fillText(text, 0, (above - below) / 2);
}
