/**
 * Reads expressions for the variables in them. Which operator binds closer is of no matter here, so that an
 * expression is operands with operators between.
 */
import type { Cursor } from './cursor.ts';
import type { Scopes } from './scope.ts';
import { unquoted } from './tokens.ts';

const literals = new Set(['true', 'True', 'false', 'False', 'none', 'None']);
const builtIns = new Set(['range', 'dict', 'namespace', 'cycler', 'joiner', 'self', 'super']);
const between = ['+', '-', '*', '/', '//', '%', '**', '~', '==', '!=', '<', '<=', '>', '>='];
const wordsBetween = ['and', 'or', 'in'];
/** Words that end an operand, so that they are no argument of a test before them. */
const notOperands = ['and', 'or', 'in', 'is', 'if', 'else', 'not', 'recursive'];

export function readExpression(cursor: Cursor, scopes: Scopes): void {
  readCondition(cursor, scopes);
  while (cursor.skipWord('if')) {
    readCondition(cursor, scopes);
    if (cursor.skipWord('else')) readCondition(cursor, scopes);
  }
}

/** An expression without `… if … else …`, as the list of a loop is: an `if` after it is the loop's own. */
export function readCondition(cursor: Cursor, scopes: Scopes): void {
  cursor.deeper(() => {
    for (;;) {
      readOperand(cursor, scopes);
      if (cursor.isWord('not') && cursor.following?.text === 'in') cursor.next();
      if (!cursor.isMark(...between) && !cursor.isWord(...wordsBetween)) return;
      cursor.next();
    }
  });
}

function readOperand(cursor: Cursor, scopes: Scopes): void {
  while (cursor.isWord('not') || cursor.isMark('-')) cursor.next();
  const token = cursor.next();
  switch (token.is) {
    case 'number':
      break;
    case 'string':
      while (cursor.token?.is === 'string') cursor.next();
      break;
    case 'name':
      if (!literals.has(token.text)) readVariable(token.text, token.line, cursor, scopes);
      break;
    case 'mark':
      readBracket(token.text, cursor, scopes);
      break;
  }
  readSuffixes(cursor, scopes);
}

function readVariable(name: string, line: number, cursor: Cursor, scopes: Scopes): void {
  const path: string[] = [];
  for (;;) {
    if (cursor.isMark('.') && cursor.following?.is === 'name') {
      cursor.next();
      // A method that is called is no field.
      const field = cursor.next().text;
      if (cursor.isMark('(')) break;
      path.push(field);
    } else break;
  }
  if (!builtIns.has(name)) scopes.read(name, path, line);
}

function readBracket(open: string, cursor: Cursor, scopes: Scopes): void {
  if (open === '(') readList(')', cursor, scopes);
  else if (open === '[') readList(']', cursor, scopes);
  else if (open === '{') readDictionary(cursor, scopes);
  else throw cursor.wrong(`unexpected ${open}`);
}

function readList(close: string, cursor: Cursor, scopes: Scopes): void {
  while (!cursor.skipMark(close)) {
    readExpression(cursor, scopes);
    if (!cursor.isMark(close)) cursor.expectMark(',');
  }
}

function readDictionary(cursor: Cursor, scopes: Scopes): void {
  while (!cursor.skipMark('}')) {
    readExpression(cursor, scopes);
    cursor.expectMark(':');
    readExpression(cursor, scopes);
    if (!cursor.isMark('}')) cursor.expectMark(',');
  }
}

function readSuffixes(cursor: Cursor, scopes: Scopes): void {
  for (;;) {
    if (cursor.skipMark('.')) cursor.expectName();
    else if (cursor.skipMark('(')) readArguments(cursor, scopes);
    else if (cursor.skipMark('[')) readSubscript(cursor, scopes);
    else if (cursor.skipMark('|')) readFilter(cursor, scopes);
    else if (cursor.skipWord('is')) readTest(cursor, scopes);
    else return;
  }
}

function readSubscript(cursor: Cursor, scopes: Scopes): void {
  while (!cursor.skipMark(']')) {
    if (!cursor.skipMark(':')) readExpression(cursor, scopes);
  }
}

/** The name of a filter and its arguments. */
export function readFilter(cursor: Cursor, scopes: Scopes): void {
  cursor.expectName();
  while (cursor.skipMark('.')) cursor.expectName();
  if (cursor.skipMark('(')) readArguments(cursor, scopes);
}

function readTest(cursor: Cursor, scopes: Scopes): void {
  cursor.skipWord('not');
  cursor.expectName();
  while (cursor.skipMark('.')) cursor.expectName();
  if (cursor.skipMark('(')) readArguments(cursor, scopes);
  else if (startsArgument(cursor)) cursor.deeper(() => readOperand(cursor, scopes));
}

function startsArgument(cursor: Cursor): boolean {
  if (cursor.token?.is === 'mark') return cursor.isMark('[', '{');
  return cursor.token !== undefined && !cursor.isWord(...notOperands);
}

/** Up to the bracket that closes them. */
function readArguments(cursor: Cursor, scopes: Scopes): void {
  while (!cursor.skipMark(')')) {
    if (!cursor.skipMark('*')) cursor.skipMark('**');
    if (cursor.token?.is === 'name' && cursor.following?.is === 'mark' && cursor.following.text === '=') {
      cursor.next();
      cursor.next();
    }
    readExpression(cursor, scopes);
    if (!cursor.isMark(')')) cursor.expectMark(',');
  }
}

/** The names that `for` and `set` bind: one, or several with commas and brackets. */
export function readTargets(cursor: Cursor): readonly string[] {
  return cursor.deeper(() => {
    const names: string[] = [];
    do {
      if (cursor.isWord('in') || cursor.isMark(')')) break;
      if (cursor.skipMark('(')) {
        names.push(...readTargets(cursor));
        cursor.expectMark(')');
      } else names.push(cursor.expectName().text);
    } while (cursor.skipMark(','));
    return names;
  });
}

/** A template's name, where it is written out; several in a list; or an expression. */
export function readMentions(cursor: Cursor, scopes: Scopes): void {
  const from = cursor.token;
  const closed = cursor.following;
  if (from?.is === 'string' && (closed?.is === 'name' || closed?.text === '%}')) {
    scopes.mentions.push({ name: unquoted(from), line: from.line, mayMiss: closed.text === 'ignore', at: from.at, end: from.end });
  }
  readExpression(cursor, scopes);
}
