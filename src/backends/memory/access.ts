/** What a server keeps, in memory. */
import { ContinuoError } from '../../core/errors.ts';
import type { Access, Audit, Bucket, Grants, KeyRecord, Keys, Nonces, Quotas, SubmittedPlan, SubmittedPlans } from '../../ports/access.ts';
import type { MemoryData } from './data.ts';

export function memoryAccess(data: MemoryData, mustBeOpen: () => void): Access {
  return {
    keys: keys(data, mustBeOpen),
    audit: audit(data, mustBeOpen),
    plans: plans(data, mustBeOpen),
    grants: grants(data, mustBeOpen),
    nonces: nonces(data, mustBeOpen),
    quotas: quotas(data),
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
      if (records[0] !== undefined && records[0].seq !== all.length + 1) return 'overtaken';
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

function quotas({ buckets: all }: MemoryData): Quotas {
  const level = ({ id, capacity, refill }: Bucket, now: number): number => {
    const known = all.get(id);
    return known === undefined ? capacity : Math.min(capacity, known.left + (now - known.at) * refill);
  };
  return {
    take: async (buckets, now) => {
      const empty = buckets.find((bucket) => level(bucket, now) < 1);
      if (empty !== undefined)
        return { granted: false, bucket: empty.id, retryAt: now + Math.ceil((1 - level(empty, now)) / empty.refill) };
      for (const bucket of buckets) all.set(bucket.id, { left: level(bucket, now) - 1, at: now });
      return { granted: true };
    },
  };
}
