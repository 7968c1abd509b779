/** Webhooks as a file names them: secrets stand in the environment, never in the file. */
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Webhook } from '../parts.ts';

const shortest = 16;

const fileSchema = z.strictObject({
  webhooks: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'use letters, digits, dot, dash and underscore, at most 64'),
      workflow: z.string().min(1),
      project: z.string().min(1).default('default'),
      secret_env: z.string().min(1),
    }),
  ),
});

/**
 * Reads a TOML file:
 *
 * ```toml
 * [[webhooks]]
 * name = "uploads"
 * workflow = "diy-video"
 * project = "acme"
 * secret_env = "UPLOADS_SECRET"
 * ```
 */
export function readWebhooks(path: string, env: Readonly<Record<string, string | undefined>>): readonly Webhook[] {
  const { webhooks } = contentOf(path);
  const names = new Set<string>();
  return webhooks.map(({ name, workflow, project, secret_env: variable }) => {
    if (names.has(name)) throw unusable(path, `two webhooks are called ${JSON.stringify(name)}; give each a name of its own`);
    names.add(name);
    const secret = env[variable] ?? '';
    if (secret.length < shortest)
      throw unusable(path, `webhook ${JSON.stringify(name)} needs a secret of at least ${shortest} characters in the variable ${variable}`);
    return { name, workflow, project, secret };
  });
}

function contentOf(path: string): z.infer<typeof fileSchema> {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unusable(path, error instanceof Error ? error.message : String(error));
  }
  const read = fileSchema.safeParse(content);
  if (read.success) return read.data;
  throw unusable(path, read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

const unusable = (path: string, why: string): ContinuoError => new ContinuoError('USAGE', `the webhooks of ${path} cannot be used: ${why}`);
