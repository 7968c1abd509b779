/** Spans that are kept in memory, and what a whole trace must be. */
import assert from 'node:assert/strict';
import type { SpanData, Telemetry } from '../../src/ports/telemetry.ts';

export class KeptSpans implements Telemetry {
  readonly spans: SpanData[] = [];

  span(span: SpanData): void {
    this.spans.push(span);
  }
  records(): boolean {
    return true;
  }
  async flushed(): Promise<void> {}
  async close(): Promise<void> {}

  /** The one of that name. */
  named(name: string): SpanData {
    const [found, ...others] = this.spans.filter((span) => span.name === name);
    assert.ok(found !== undefined, `no span is named ${name}: ${this.spans.map((span) => span.name).join(', ')}`);
    assert.equal(others.length, 0, `several spans are named ${name}`);
    return found;
  }
}

/** One tree, told once, whose root is the only span with a parent that is not among them (`outer`), or with none. */
export function mustBeOneTree(
  spans: readonly Pick<SpanData, 'trace' | 'id' | 'parent' | 'name' | 'from' | 'to'>[],
  root: string,
  outer?: string,
): void {
  const byId = new Map(spans.map((span) => [span.id, span]));
  assert.equal(
    byId.size,
    spans.length,
    `told twice: ${spans
      .map(({ name, id }) => `${name} ${id}`)
      .toSorted()
      .join(', ')}`,
  );
  assert.equal(new Set(spans.map(({ trace }) => trace)).size, 1);
  for (const span of spans) {
    assert.match(span.id, /^[0-9a-f]{16}$/);
    assert.match(span.trace, /^[0-9a-f]{32}$/);
    assert.ok(span.to >= span.from, span.name);
    if (span.name === root && span.parent === outer) continue;
    assert.ok(span.parent !== undefined && byId.has(span.parent), `the parent of ${span.name} was not told`);
  }
  assert.equal(spans.filter(({ name, parent }) => name === root && parent === outer).length, 1);
}

/** A tree as indented names, in the order of their beginning. */
export function drawn(spans: readonly SpanData[], parent?: string, depth = 0): string[] {
  return spans
    .filter((span) => span.parent === parent)
    .toSorted((a, b) => a.from - b.from || a.name.localeCompare(b.name))
    .flatMap((span) => [`${'  '.repeat(depth)}${span.name}`, ...drawn(spans, span.id, depth + 1)]);
}
