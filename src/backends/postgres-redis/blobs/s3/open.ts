import { ContinuoError } from '../../../../core/errors.ts';
import type { PartHealth } from '../../../../ports/exchange.ts';
import { Breaker } from '../../breaker.ts';
import type { S3Settings } from '../../options.ts';
import { markName } from '../shelf.ts';
import type { Shelf } from '../shelf.ts';
import { BlobCache, cacheFolder } from './cache.ts';
import type { CacheOptions } from './cache.ts';
import { nothing, S3Client } from './client.ts';
import type { Timing } from './client.ts';
import { ifThere, mayPass, openingFault, workingFault } from './faults.ts';
import { S3Shelf } from './shelf.ts';

export interface OpenS3 {
  readonly shelf: Shelf;
  /** Whether the bucket is there, and lets us read and write. */
  readonly check: () => Promise<void>;
  readonly health: () => PartHealth;
}

export interface S3Tuning {
  readonly cache?: Partial<CacheOptions>;
  readonly timing?: Timing;
}

export function openS3(settings: S3Settings, tuning: S3Tuning = {}): OpenS3 {
  const { bucket, endpoint, prefix = '', accessKey, secretKey } = settings;
  if (accessKey === '' || secretKey === '') throw new ContinuoError('USAGE', 'S3 needs an access key and a secret key');
  const location = `s3://${bucket}/${prefix} at ${endpoint}`;
  const client = new S3Client(settings, tuning.timing);
  const cache = new BlobCache({ dir: cacheFolder(location), ...tuning.cache });
  const breaker = new Breaker({ part: 'S3', at: location, isAway: mayPass });
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await breaker.run(work);
    } catch (error) {
      throw workingFault(error, location);
    }
  };
  return {
    shelf: new S3Shelf({ location, prefix, client, cache, guard }),
    health: () => breaker.health,
    check: async () => {
      try {
        await ifThere(client.ask({ method: 'GET', key: prefix + markName, read: nothing }));
        await client.ask({ method: 'PUT', key: `${prefix}${markName}-probe`, body: new Uint8Array(), read: nothing });
      } catch (error) {
        throw openingFault(error, location);
      }
      await cache.check();
    },
  };
}
