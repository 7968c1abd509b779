/** What a server has sent, read by name: any value may be asked for any field, and what a field holds stays unknown. */
export type NamedFields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): NamedFields {
  return typeof value === 'object' && value !== null ? (value as NamedFields) : {};
}
