/** Writes src/client/api.ts from the server's OpenAPI document; a test holds the one against the other. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { openMemory } from '../src/backends/memory/index.ts';
import { Orchestrator } from '../src/compose.ts';
import { systemClock } from '../src/engine/system-clock.ts';
import { buildApp } from '../src/server/http/build-app.ts';
import { clientTypes, type Document } from './client-types.ts';

export async function clientText(): Promise<string> {
  const orchestrator = await Orchestrator.open({ backend: openMemory() });
  const { app } = await buildApp({
    orchestrator,
    backend: orchestrator.backend,
    version: '0.0.0',
    clock: systemClock,
    draining: () => false,
    systems: {},
    settings: {},
  });
  try {
    const { body } = await app.inject({ method: 'GET', url: '/openapi.json' });
    // The server's own document.
    const text = clientTypes(JSON.parse(body) as Document);
    return await format(text, { parser: 'typescript', singleQuote: true, printWidth: 140, trailingComma: 'all' });
  } finally {
    await app.close();
    await orchestrator.close();
  }
}

if (import.meta.main) writeFileSync(new URL('../src/client/api.ts', import.meta.url), await clientText());
