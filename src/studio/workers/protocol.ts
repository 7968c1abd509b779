/** What the two sides of a studio worker say to each other. */
import type { Json } from '../../core/data/json.ts';

export type ToWorker = { readonly is: 'task'; readonly file: string; readonly input: unknown } | { readonly is: 'cancel' };

export type FromWorker =
  | { readonly is: 'progress'; readonly share: number; readonly message: string | undefined }
  | { readonly is: 'done'; readonly output: unknown }
  | {
      readonly is: 'failed';
      readonly error: {
        readonly code: string | undefined;
        readonly message: string;
        readonly details: Json | undefined;
        readonly retryable: boolean;
      };
    };
