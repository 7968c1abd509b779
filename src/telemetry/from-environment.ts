/** Telemetry as the environment asks for it: by the variables of OpenTelemetry, and of Langfuse. */
import { ContinuoError } from '../core/errors.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { langfuse } from './langfuse.ts';
import { otlpTelemetry, type OtlpOptions } from './otlp-telemetry.ts';
import { Several } from './several.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where nothing is said of a collector there is none. */
export function telemetryFrom(env: Environment, usual: Pick<OtlpOptions, 'version' | 'warn' | 'clock'> = {}): Telemetry | undefined {
  const of = (name: string): string | undefined => (env[name]?.trim() === '' ? undefined : env[name]?.trim());
  if (of('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const ways = [...collectors(of), ...langfuses(of)];
  if (ways.length === 0) return undefined;
  const shared = { ...usual, ...settings(of) };
  const [first, ...others] = ways.map((way) => otlpTelemetry({ ...shared, ...way }));
  return others.length === 0 ? first : new Several([first, ...others].filter((one) => one !== undefined));
}

type Of = (name: string) => string | undefined;

function collectors(of: Of): readonly OtlpOptions[] {
  if (of('OTEL_TRACES_EXPORTER') === 'none') return [];
  const base = of('OTEL_EXPORTER_OTLP_ENDPOINT');
  const endpoint = of('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
  if (endpoint === undefined) return [];
  const protocol = of('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? of('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol === 'grpc')
    throw new ContinuoError(
      'USAGE',
      'OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and spans go by HTTP: set it to http/json, with the port for HTTP',
    );
  const compression = of('OTEL_EXPORTER_OTLP_TRACES_COMPRESSION') ?? of('OTEL_EXPORTER_OTLP_COMPRESSION');
  return [
    {
      endpoint,
      headers: { ...pairs(of, 'OTEL_EXPORTER_OTLP_HEADERS'), ...pairs(of, 'OTEL_EXPORTER_OTLP_TRACES_HEADERS') },
      ...(compression === 'none' ? { compression } : {}),
    },
  ];
}

function langfuses(of: Of): readonly Pick<OtlpOptions, 'endpoint'>[] {
  const publicKey = of('LANGFUSE_PUBLIC_KEY');
  const secretKey = of('LANGFUSE_SECRET_KEY');
  if (publicKey === undefined && secretKey === undefined) return [];
  if (publicKey === undefined || secretKey === undefined)
    throw new ContinuoError('USAGE', 'Langfuse needs both of its keys: set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY');
  const baseUrl = of('LANGFUSE_BASE_URL') ?? of('LANGFUSE_HOST');
  return [langfuse({ publicKey, secretKey, ...(baseUrl === undefined ? {} : { baseUrl }) })];
}

function settings(of: Of): Partial<OtlpOptions> {
  const service = of('OTEL_SERVICE_NAME');
  const sampler = of('OTEL_TRACES_SAMPLER');
  const argument = of('OTEL_TRACES_SAMPLER_ARG');
  const timeout = number(of, 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT') ?? number(of, 'OTEL_EXPORTER_OTLP_TIMEOUT');
  const delay = number(of, 'OTEL_BSP_SCHEDULE_DELAY');
  const queue = number(of, 'OTEL_BSP_MAX_QUEUE_SIZE');
  const batch = number(of, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE');
  return {
    resource: pairs(of, 'OTEL_RESOURCE_ATTRIBUTES'),
    ...(service === undefined ? {} : { service }),
    ...(sampler === undefined ? {} : { sampler: { name: sampler, ...(argument === undefined ? {} : { argument }) } }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(delay === undefined ? {} : { delay }),
    ...(queue === undefined ? {} : { queue }),
    ...(batch === undefined ? {} : { batch }),
  };
}

function number(of: Of, name: string): number | undefined {
  const text = of(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new ContinuoError('USAGE', `${name} is ${JSON.stringify(text)}: it is a whole number above zero`);
}

/** `a=b,c=d`, percent-encoded. What is wrong with it is said without its values: they may be keys. */
function pairs(of: Of, name: string): Readonly<Record<string, string>> {
  const wrong = (): ContinuoError =>
    new ContinuoError('USAGE', `${name} cannot be read: it is a list as name=value,name=value, percent-encoded`);
  const found: [string, string][] = [];
  for (const pair of (of(name) ?? '').split(',')) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    if (at < 1) throw wrong();
    try {
      found.push([decodeURIComponent(pair.slice(0, at).trim()), decodeURIComponent(pair.slice(at + 1).trim())]);
    } catch {
      throw wrong();
    }
  }
  return Object.fromEntries(found);
}
