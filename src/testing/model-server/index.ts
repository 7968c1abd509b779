export { ModelServer } from './model-server.ts';
export type { Received } from './model-server.ts';
export { answer, Gate, status } from './script.ts';
export type { Answer, Reply, Sent, Tokens } from './script.ts';
