/** What a command line does with signatures: makes keys, signs, looks whether a signature counts. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import { parsePlan } from '../../core/plan/read.ts';
import type { Plan } from '../../core/plan/model.ts';
import { planHash } from '../../core/plan/workflow.ts';
import { mustBeEd25519, readSigners, textOf } from './read-signers.ts';
import { mustBeSigned, signPlan, type PlanSignature } from './signed.ts';
import { signature as signatureSchema } from './wire.ts';

export interface PemPair {
  /** To be kept to oneself: whoever has it signs in one's name. */
  readonly privateKey: string;
  /** For whoever runs a server. */
  readonly publicKey: string;
}

/** A plan with its signature: so it is handed in to `POST /api/v1/plans`. */
export interface SignedPlan {
  readonly plan: Plan;
  readonly signature: PlanSignature;
}

export interface Vouched {
  readonly workflow: string;
  readonly hash: string;
  readonly signer: string;
}

export function makeSigningKeys(): PemPair {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

export function signWith(plan: Plan, signer: string, keyPath: string): SignedPlan & Vouched {
  const text = textOf(keyPath);
  let key;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new ContinuoError(
      'USAGE',
      `the key ${keyPath} cannot be used: it holds no private key in PEM (\`continuo plans keygen\` makes one)`,
    );
  }
  const signature = signPlan(plan, signer, mustBeEd25519(key, keyPath));
  return { plan, signature, workflow: plan.id, hash: planHash(plan), signer };
}

/** Throws SIGNATURE_INVALID where none of the signers vouches for the plan. */
export function mustVouch(signed: unknown, where: string, signerPaths: readonly string[]): Vouched {
  const read = z.object({ plan: z.unknown(), signature: signatureSchema }).safeParse(signed);
  if (!read.success)
    throw new ContinuoError(
      'USAGE',
      `${where} holds no signed plan: it is an object with "plan" and "signature", as \`continuo plans sign\` writes it`,
    );
  const plan = parsePlan(read.data.plan);
  const { signer } = read.data.signature;
  mustBeSigned(plan, read.data.signature, { signers: readSigners(signerPaths) });
  return { workflow: plan.id, hash: planHash(plan), signer };
}
