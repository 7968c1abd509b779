/** Templates that only others name: they are loaded with them, or told when they are not there. */
import { isAbsolute } from 'node:path';
import { checkTemplate } from '../templates/check-template.ts';
import { mentionedTemplates, placesOf, type Mentioned } from '../templates/mentioned.ts';
import { TemplateSyntaxError } from '../templates/tokens.ts';
import type { SourceFile } from './model.ts';
import type { Reading } from './reading.ts';

/** `templates` by where the configuration uses them. */
export function includedTemplates(templates: ReadonlyMap<string, SourceFile>, reading: Reading): readonly SourceFile[] {
  const known = new Set([...templates.values()].map(({ path }) => path));
  const included: SourceFile[] = [];
  const left = [...templates].map(([key, template]) => ({ key, template }));
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { key, template } = next;
    for (const mention of mentionsIn(template)) {
      const places = placesOf(mention.name, template.path);
      if (places.some((place) => known.has(place))) continue;
      const found = find(places, reading);
      if (found === undefined) {
        if (!mention.mayMiss) tell(key, template, mention, places, reading);
        continue;
      }
      known.add(found.path);
      included.push(found);
      left.push({ key, template: found });
      for (const { path, line, message } of checkTemplate(found))
        reading.error(key, `${path}${line === undefined ? '' : `:${line}`}: ${message}`, 'Correct the template.');
    }
  }
  return included;
}

function mentionsIn({ text }: SourceFile): readonly Mentioned[] {
  try {
    return mentionedTemplates(text);
  } catch (error) {
    // What is wrong with it is told by its own check.
    if (error instanceof TemplateSyntaxError) return [];
    throw error;
  }
}

function find(places: readonly string[], reading: Reading): SourceFile | undefined {
  // A relative path alone would lead from wherever the process happens to be.
  for (const path of places.filter((place) => isAbsolute(place))) {
    const content = reading.readFile(path);
    if (content.is === 'text') return { path, text: content.text };
  }
  return undefined;
}

function tell(key: string, { path }: SourceFile, { name, line }: Mentioned, places: readonly string[], reading: Reading): void {
  reading.error(
    key,
    `${path}:${line}: it names ${JSON.stringify(name)}, and there is no file ${places.at(-1)}`,
    'Write the file, or correct the name: it is relative to the template that it stands in.',
  );
}
