import type { Json } from '../../core/data/json.ts';
import type { SourceFile } from '../config/model.ts';
import { checkTemplate } from '../templates/check-template.ts';
import type { GrammarProblem } from './grammar.ts';
import { readGrammar } from './read-grammar.ts';
import { checkedTemplateOf } from './grammar-template.ts';

/** What is wrong with a grammar, and with its variables where the schema of its input is known. */
export function checkGrammar(file: SourceFile, schema?: Json): readonly GrammarProblem[] {
  const { grammar, problems } = readGrammar(file);
  const more = grammar.texts.flatMap((text) =>
    checkTemplate({ path: file.path, text: checkedTemplateOf(text) }, schema).map(({ message }): GrammarProblem => ({
      path: file.path,
      key: text.key,
      level: 'error',
      message,
    })),
  );
  return [...problems, ...more];
}

export function problemLine({ path, key, line, message }: GrammarProblem): string {
  return `${line === undefined ? path : `${path}:${line}`}${key === '' ? '' : `: ${key}`}: ${message}`;
}
