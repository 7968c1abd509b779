export { openDistributed } from './open.ts';
export type { DistributedOptions, PostgresSettings, RedisSettings, S3Settings } from './options.ts';
