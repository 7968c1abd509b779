/** How long spoken words take. */

export type ContentMode = 'kid' | 'adult';

/** A hook is over before the thumb moves on. */
export const HOOK_SECONDS = 3;

const wordsPerMinute: Readonly<Record<ContentMode, number>> = { kid: 130, adult: 150 };

export const wordCount = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

export const wordsPerSecond = (mode: ContentMode): number => wordsPerMinute[mode] / 60;

export const spokenSeconds = (text: string, mode: ContentMode): number => wordCount(text) / wordsPerSecond(mode);

export const tenth = (value: number): number => Math.round(value * 10) / 10;
