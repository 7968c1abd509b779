export { ModelServer } from './model-server.ts';
export type { Received } from './model-server.ts';
export { answer, Gate, image, speech, status } from './script.ts';
export type { Answer, Media, Reply, Sent, Tokens } from './script.ts';
