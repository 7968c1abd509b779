/** A room: many echoes that grow denser and duller, after Schroeder and Moorer. */

/** Milliseconds of the echoes, none a multiple of another. */
const echoes = [29.7, 33.9, 37.1, 41.1, 43.7, 47.3];
const scatterers = [5.0, 1.7, 12.6];
/** Milliseconds by which the right side differs, so that it is heard around and not in the middle. */
const spread = 0.9;
const beforeFirst = 0.014;
/** How much of its brightness an echo loses each time. */
const dullness = 0.38;

export interface Room {
  readonly rate: number;
  /** 0 is left, 1 is right. */
  readonly side: number;
  /** Until an echo is 60 dB quieter. */
  readonly seconds: number;
  readonly level: number;
}

/** Adds what comes back from the room. */
export function addRoom(to: Float32Array, sound: Float32Array, { rate, side, seconds, level }: Room): void {
  const answer = new Float32Array(sound.length);
  const shift = spread * side;
  for (const echo of echoes) addEcho(answer, sound, samplesOf(echo + shift, rate), seconds * rate, Math.round(beforeFirst * rate));
  for (const scatterer of scatterers) scatter(answer, samplesOf(scatterer + shift / 3, rate));
  for (let index = 0; index < to.length; index++) to[index] = (to[index] ?? 0) + (answer[index] ?? 0) * level * share;
}

/** As many echoes as there are would be louder than the sound itself. */
const share = 0.35;

const samplesOf = (milliseconds: number, rate: number): number => Math.round((milliseconds / 1000) * rate);

function addEcho(to: Float32Array, sound: Float32Array, delay: number, decay: number, late: number): void {
  const line = new Float32Array(delay);
  // After `decay` samples it has gone round often enough to be 60 dB quieter.
  const feedback = 10 ** ((-3 * delay) / decay);
  let at = 0;
  let dull = 0;
  for (let index = 0; index < sound.length; index++) {
    const echo = line[at] ?? 0;
    dull = echo + (dull - echo) * dullness;
    line[at] = (index < late ? 0 : (sound[index - late] ?? 0)) + dull * feedback + 1e-20;
    to[index] = (to[index] ?? 0) + echo;
    at = at + 1 === delay ? 0 : at + 1;
  }
}

/** Lets every frequency pass equally loud, at another time each. */
function scatter(samples: Float32Array, delay: number): void {
  const line = new Float32Array(delay);
  let at = 0;
  for (let index = 0; index < samples.length; index++) {
    const late = line[at] ?? 0;
    const sample = (samples[index] ?? 0) + late * 0.5;
    line[at] = sample;
    samples[index] = late - sample * 0.5;
    at = at + 1 === delay ? 0 : at + 1;
  }
}
