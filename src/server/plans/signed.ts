/**
 * Plans that somebody vouches for.
 *
 * V1. What is signed is the plan in its normal form, exactly as it will run, fallback plans and plans written into steps
 *     included: the same plan has the same signature in whatever form it was handed in.
 * V2. A signature that is given is checked, whether one is asked for or not: a wrong one is never passed over.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../core/data/canonical.ts';
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan/model.ts';
import type { ServerSettings } from '../parts.ts';

export interface PlanSignature {
  /** The name of whose key it was made with. */
  readonly signer: string;
  /** Ed25519, in base64url. */
  readonly value: string;
}

/** 64 bytes in base64url. */
export const signatureForm: RegExp = /^[A-Za-z0-9_-]{86}$/;

/** The text that a signature is over. */
export function canonicalPlanText(plan: Plan): string {
  // A plan is plain JSON by its P1, which interfaces cannot say.
  return canonicalJson(plan as unknown as Json);
}

export function signPlan(plan: Plan, signer: string, key: KeyObject): PlanSignature {
  return { signer, value: sign(null, Buffer.from(canonicalPlanText(plan)), key).toString('base64url') };
}

/** Answers with who vouches for the plan; undefined where nobody does, and nobody has to. */
export function mustBeSigned(
  plan: Plan,
  signature: PlanSignature | undefined,
  { signers, requireSigned = false }: Pick<ServerSettings, 'signers' | 'requireSigned'>,
): string | undefined {
  if (signature === undefined) {
    if (!requireSigned) return undefined;
    throw new ContinuoError('SIGNATURE_REQUIRED', `plan ${JSON.stringify(plan.id)} came without a signature`);
  }
  const key = signers?.get(signature.signer);
  if (key !== undefined && isOver(canonicalPlanText(plan), signature.value, key)) return signature.signer;
  throw new ContinuoError(
    'SIGNATURE_INVALID',
    `the signature of ${JSON.stringify(signature.signer)} on plan ${JSON.stringify(plan.id)} does not count: it is of somebody else, or the plan is another`,
  );
}

export function isOver(text: string, signature: string, key: KeyObject): boolean {
  return signatureForm.test(signature) && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}
