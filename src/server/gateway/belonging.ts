/**
 * Whose an episode or an inference is.
 *
 * B1. What is of another project and what is not there at all are answered alike.
 * B2. An episode is of one project: that of its run, or of what was inferred in it first.
 * B3. Whoever begins an episode names it by a UUID, which nobody guesses: other names are of runs, and asking for them
 *     tells nothing about whether they are there.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { covers, type Principal } from '../access/principal.ts';
import type { ServerParts } from '../parts.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Lets an inference into an episode. */
export async function mayJoin({ backend }: ServerParts, gateway: Gateway, project: string, episode: string): Promise<void> {
  const owner = await ownerOf(backend, gateway, episode);
  if (owner === project || (owner === undefined && uuid.test(episode))) return;
  throw unknown('episode', episode);
}

/** The project that feedback is given in. */
export async function judgedProject(
  { backend }: ServerParts,
  gateway: Gateway,
  principal: Principal,
  of: { readonly inference: string } | { readonly episode: string },
): Promise<string> {
  const owner = 'inference' in of ? await gateway.whose(of) : await ownerOf(backend, gateway, of.episode);
  if (owner !== undefined && covers(principal, owner)) return owner;
  throw 'inference' in of ? unknown('inference', of.inference) : unknown('episode', of.episode);
}

async function ownerOf(backend: ServerParts['backend'], gateway: Gateway, episode: string): Promise<string | undefined> {
  return (await backend.runs.get(episode))?.project ?? gateway.whose({ episode });
}

function unknown(what: string, id: string): ContinuoError {
  return new ContinuoError('INFERENCE_UNKNOWN', `there is no ${what} ${JSON.stringify(id)} here`);
}
