/** How fast the voice speaks so that scripts, which are written for so many words a minute, last as long as they say. */

const usual: Readonly<Record<'kid' | 'adult', number>> = { adult: 1.03, kid: 0.85 };

export function paceFor(mode: 'kid' | 'adult', factor: number): number {
  return Math.round(Math.min(2, Math.max(0.5, usual[mode] * factor)) * 1000) / 1000;
}
