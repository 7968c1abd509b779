/** The server's API for those who call it: `import { client } from 'continuo/client'`. */
export { client, type Client, type ClientOptions } from './client.ts';
export { ApiError, type Problem } from './api-error.ts';
export type { LiveEvent } from './follow.ts';
export type * from './api.ts';
