/** What both processes know of how the second one is started. */

/** A file of this folder, as source or as built. */
export function childFile(name: string): URL {
  const suffix = /\.[a-z]+$/.exec(import.meta.url)?.[0] ?? '.js';
  return new URL(`./${name}${suffix}`, import.meta.url);
}

/** The pipe that tells the child whether the engine lives; 0 to 2 are the usual ones, 3 is the IPC channel. */
export const lifelineDescriptor = 4;
