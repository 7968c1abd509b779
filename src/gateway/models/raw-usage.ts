import { fieldsOf } from './named-fields.ts';

/** The usage that the chunks of a stream tell in pieces, as it would stand in an answer that is not streamed: cost pointers look there. */
export class RawUsage {
  readonly #fields: Record<string, unknown> = {};

  get value(): unknown {
    return this.#fields;
  }

  add(chunk: unknown): void {
    const { usage, usageMetadata, message, model, id } = fieldsOf(chunk);
    this.#merge('usage', fieldsOf(message)['usage']);
    this.#merge('usage', usage);
    this.#merge('usageMetadata', usageMetadata);
    for (const [name, value] of Object.entries({ model, id })) if (value !== undefined) this.#fields[name] ??= value;
  }

  #merge(name: 'usage' | 'usageMetadata', said: unknown): void {
    if (typeof said === 'object' && said !== null) this.#fields[name] = { ...fieldsOf(this.#fields[name]), ...said };
  }
}
