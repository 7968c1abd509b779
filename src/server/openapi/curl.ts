/** A request as somebody would type it. */
import type { OpenApi, Operation } from './document-types.ts';
import { exampleOf } from './example.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function curlOf(document: OpenApi, method: string, path: string, operation: Operation): string {
  const where = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const lines = [`curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$CONTINUO_URL${where}"`];
  if ((operation.security ?? []).length > 0) lines.push('-H "Authorization: Bearer $CONTINUO_KEY"');
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema !== undefined) {
    lines.push("-H 'Content-Type: application/json'");
    lines.push(`-d ${quoted(JSON.stringify(exampleOf(document, schema), null, 2))}`);
  }
  return lines.join(' \\\n  ');
}
