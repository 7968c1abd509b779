/** Spans as OpenTelemetry's protocol has them, in JSON. */
import type { SpanData } from '../ports/telemetry.ts';

export type Attributes = SpanData['attributes'];

/** Of whom the spans are. */
export interface Resource {
  readonly attributes: Attributes;
  /** Version of what made them. */
  readonly version: string;
}

type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

const kinds = { internal: 1, server: 2, client: 3 } as const;
const failed = 2;

/** The body of one request. */
export function otlpRequest(spans: readonly SpanData[], { attributes, version }: Resource): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(attributes), droppedAttributesCount: 0 },
        scopeSpans: [{ scope: { name: 'continuo', version }, spans: spans.map(otlpSpan) }],
      },
    ],
  };
}

function otlpSpan(span: SpanData): object {
  const { error, links = [] } = span;
  const attributes = error === undefined ? span.attributes : { ...span.attributes, 'error.type': error.code };
  return {
    traceId: span.trace,
    spanId: span.id,
    ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
    name: span.name,
    kind: kinds[span.kind],
    startTimeUnixNano: nanoseconds(span.from),
    endTimeUnixNano: nanoseconds(span.to),
    attributes: keyValues(attributes),
    links: links.map(({ trace, id }) => ({ traceId: trace, spanId: id, attributes: [] })),
    status: error === undefined ? { code: 0 } : { code: failed, message: error.message.toWellFormed() },
  };
}

/** As text: a number would lose the last digits. */
function nanoseconds(milliseconds: number): string {
  const micro = Math.round(milliseconds * 1000);
  return `${micro}000`;
}

function keyValues(attributes: Attributes): readonly KeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: Attributes[string]): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value.toWellFormed() };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: value.map(anyValue) } };
  }
}
