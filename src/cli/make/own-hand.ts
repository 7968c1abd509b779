/**
 * Scripts that somebody changed where a film was put.
 *
 * H1. What a person wrote is never written over: it is put aside first.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readKept } from './made-before.ts';
import type { Place } from './place.ts';

/** Whether the script of a film that is there is no longer the one that was put there. */
export function isChangedByHand(place: Place): boolean {
  const kept = readKept(place.report);
  const text = textIn(place.script);
  return kept !== undefined && text !== undefined && digestOf(text) !== kept.scriptDigest;
}

/** Whether the script is just as a film was handed over with it. */
export function isAsDelivered(place: Place): boolean {
  const text = textIn(place.script);
  return text !== undefined && digestOf(text) === readKept(place.report)?.scriptDigest;
}

/** Makes room for a new script; answers with where the one that somebody wrote is now, if there was one. */
export async function putAside(place: Place, next: string): Promise<string | undefined> {
  const text = textIn(place.script);
  if (text === undefined) return undefined;
  const digest = digestOf(text);
  if (digest === digestOf(next) || digest === readKept(place.report)?.scriptDigest) return undefined;
  const aside = freeName(place.script);
  await rename(place.script, aside);
  return aside;
}

/** Of what it says, however it is laid out. */
export function digestOf(text: string): string {
  let plain = text;
  try {
    plain = JSON.stringify(JSON.parse(text));
  } catch {
    // What is no JSON is what it is.
  }
  return createHash('sha256').update(plain).digest('hex').slice(0, 16);
}

function textIn(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.trim() === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

function freeName(script: string): string {
  for (let nth = 1; ; nth++) {
    const name = script.replace(/\.json$/, `-edited${nth === 1 ? '' : `-${nth}`}.json`);
    if (!existsSync(name)) return name;
  }
}

/** Whether the script that is filmed is the one of this very place, where somebody may be writing on. */
export function isFilmedInPlace(script: string | undefined, place: Place): boolean {
  return script !== undefined && resolve(script) === resolve(place.script);
}
