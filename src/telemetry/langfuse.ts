/** Spans in the words of Langfuse, which is an OTLP collector with names of its own. */
import type { SpanData } from '../ports/telemetry.ts';
import type { Attributes } from './otlp-json.ts';
import { basicAuth, type OtlpOptions } from './otlp-telemetry.ts';

export interface LangfuseKeys {
  readonly publicKey: string;
  readonly secretKey: string;
  /** Langfuse's own cloud when absent. */
  readonly baseUrl?: string;
}

const cloud = 'https://cloud.langfuse.com';

export function langfuse({ publicKey, secretKey, baseUrl = cloud }: LangfuseKeys): Pick<OtlpOptions, 'endpoint' | 'headers' | 'as'> {
  return {
    endpoint: `${baseUrl.replace(/\/+$/, '')}/api/public/otel/v1/traces`,
    headers: { authorization: basicAuth(publicKey, secretKey), 'x-langfuse-ingestion-version': '4' },
    as: inItsWords,
  };
}

const types: Readonly<Record<string, string>> = {
  chat: 'generation',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  invoke_workflow: 'chain',
};

function inItsWords({ attributes }: SpanData): Attributes {
  const text = (name: string): string | undefined => (typeof attributes[name] === 'string' ? attributes[name] : undefined);
  const number = (name: string): number | undefined => (typeof attributes[name] === 'number' ? attributes[name] : undefined);
  const given = {
    'langfuse.observation.type': types[text('gen_ai.operation.name') ?? ''] ?? 'span',
    // A trace has the name of the run at its root.
    'langfuse.trace.name': number('continuo.depth') === 0 ? text('gen_ai.workflow.name') : undefined,
    'langfuse.trace.metadata.project': text('continuo.project'),
    'langfuse.observation.model.name': text('gen_ai.response.model') ?? text('gen_ai.request.model'),
    'langfuse.observation.input': text('gen_ai.input.messages'),
    'langfuse.observation.output': text('gen_ai.output.messages'),
    'langfuse.observation.usage_details': asJson({
      input: number('gen_ai.usage.input_tokens'),
      output: number('gen_ai.usage.output_tokens'),
    }),
    'langfuse.observation.cost_details': asJson({ total: number('continuo.cost_usd') }),
  };
  return {
    ...attributes,
    ...Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
  };
}

function asJson(values: Readonly<Record<string, number | undefined>>): string | undefined {
  return Object.values(values).every((value) => value === undefined) ? undefined : JSON.stringify(values);
}
