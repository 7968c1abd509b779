/** What a server keeps, in memory. */
import { ContinuoError } from '../../core/errors.ts';
import type { Access, Audit, Grants, KeyRecord, Keys, Nonces, SubmittedPlan, SubmittedPlans } from '../../ports/access.ts';
import type { MemoryData } from './data.ts';

export function memoryAccess(data: MemoryData, mustBeOpen: () => void): Access {
  return {
    keys: keys(data, mustBeOpen),
    audit: audit(data, mustBeOpen),
    plans: plans(data, mustBeOpen),
    grants: grants(data, mustBeOpen),
    nonces: nonces(data, mustBeOpen),
    quotas: { take: async (buckets, now) => data.buckets.take(buckets, now) },
  };
}

function keys({ accessKeys: all }: MemoryData, mustBeOpen: () => void): Keys {
  return {
    add: async (key) => {
      mustBeOpen();
      if (all.has(key.id)) throw new ContinuoError('KEY_EXISTS', `there is a key ${key.id}`);
      all.set(key.id, key);
    },
    get: async (id) => all.get(id),
    list: async () => [...all.values()],
    revoke: async (id, at) => {
      mustBeOpen();
      const key = all.get(id);
      if (key === undefined || key.revokedAt !== undefined) return key;
      const revoked: KeyRecord = { ...key, revokedAt: at };
      all.set(id, revoked);
      return revoked;
    },
  };
}

function audit({ audit: all }: MemoryData, mustBeOpen: () => void): Audit {
  return {
    append: async (records) => {
      mustBeOpen();
      const { length } = all;
      if (records.some(({ seq }, place) => seq !== length + 1 + place)) return 'overtaken';
      all.push(...records);
      return 'appended';
    },
    last: async () => all.at(-1),
    read: async (after, limit) => all.slice(after, after + limit),
  };
}

function plans({ submittedPlans: all }: MemoryData, mustBeOpen: () => void): SubmittedPlans {
  const key = (project: string, id: string): string => JSON.stringify([project, id]);
  return {
    save: async (plan) => {
      mustBeOpen();
      const known = all.get(key(plan.project, plan.id));
      if (known === undefined) all.set(key(plan.project, plan.id), plan);
      else if (known.signature === undefined && plan.signature !== undefined)
        all.set(key(plan.project, plan.id), { ...known, signature: plan.signature });
    },
    get: async (project, id) => all.get(key(project, id)),
    list: async (project, limit) => {
      const its: SubmittedPlan[] = [...all.values()].filter((plan) => plan.project === project);
      return its.toReversed().slice(0, limit);
    },
  };
}

function grants({ grants: all }: MemoryData, mustBeOpen: () => void): Grants {
  return {
    grant: async (project, blob) => {
      mustBeOpen();
      all.set(blob, new Set([...(all.get(blob) ?? []), project]));
    },
    granted: async (projects, blob) => projects.some((project) => all.get(blob)?.has(project) === true),
  };
}

function nonces({ nonces: all }: MemoryData, mustBeOpen: () => void): Nonces {
  return {
    first: async (id, until, now) => {
      mustBeOpen();
      for (const [one, end] of all) if (end <= now) all.delete(one);
      if (all.has(id)) return false;
      all.set(id, until);
      return true;
    },
  };
}
