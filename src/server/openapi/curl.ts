/** A request as somebody would type it. */
import type { OpenApi, Operation } from './document-types.ts';
import { exampleOf } from './example.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** What an `id` is of, where it is not a run's. */
const ofWhat: Readonly<Record<string, string>> = { projects: 'PROJECT', agents: 'AGENT' };

export function curlOf(document: OpenApi, method: string, path: string, operation: Operation): string {
  if (path.startsWith('/ws/')) return socketOf(path);
  const where = path.replaceAll(/(\w+)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    return `${before}/$${name === 'id' ? (ofWhat[before] ?? 'ID') : name.toUpperCase()}`;
  });
  const options = `${method === 'get' ? '' : ` -X ${method.toUpperCase()}`}${isStream(operation) ? ' -N' : ''}`;
  const lines = [`curl${options} "$CONTINUO_URL${where}"`];
  if ((operation.security ?? []).length > 0) lines.push('-H "Authorization: Bearer $CONTINUO_KEY"');
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema !== undefined) {
    lines.push("-H 'Content-Type: application/json'");
    lines.push(`-d ${quoted(JSON.stringify(exampleOf(document, schema), null, 2))}`);
  }
  return lines.join(' \\\n  ');
}

/** Curl would wait for more before it shows any of it. */
const isStream = ({ responses }: Operation): boolean =>
  Object.values(responses).some(
    ({ content = {} }) => content['text/event-stream'] !== undefined && content['application/json'] === undefined,
  );

/** Curl speaks no WebSocket; browsers and Node do. */
function socketOf(path: string): string {
  const where = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `\${${name}}`);
  return [
    `const socket = new WebSocket(\`\${url.replace('http', 'ws')}${where}\`, ['continuo', \`key.\${key}\`]);`,
    'socket.onmessage = ({ data }) => console.log(JSON.parse(data));',
  ].join('\n');
}
