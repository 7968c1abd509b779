/** Time as it is read at a glance. */

/** `340ms`, `4.2s`, `3m 05s`, `2h 10m`, `3d 4h`. */
export function span(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds));
  if (whole < 1000) return `${whole}ms`;
  const tenths = Math.round(whole / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)}s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** In steps of a tenth of a second: a display that is drawn again and again must not flicker between units. */
export function elapsed(milliseconds: number): string {
  return milliseconds < 1000 ? `${(Math.max(0, Math.floor(milliseconds / 100)) / 10).toFixed(1)}s` : span(milliseconds);
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Local wall time to the second. */
export function moment(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}`;
}

export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
