/** Reads the blocks of a template for the variables in them; what binds a name, and where, is as MiniJinja does it. */
import { Cursor } from './cursor.ts';
import { readCondition, readExpression, readFilter, readMentions, readTargets } from './expressions.ts';
import { Scopes } from './scope.ts';

type Statement = (cursor: Cursor, scopes: Scopes) => void;

const statements: Readonly<Record<string, Statement>> = {
  if: readIf,
  for: readFor,
  set: readSet,
  with: readWith,
  block: readBlock,
  macro: readMacro,
  call: readCall,
  filter: readFilterBlock,
  autoescape: readAutoescape,
  include: readInclude,
  import: readImport,
  from: readFrom,
  extends: readMentions,
  do: readExpression,
};

/** What the template reads from outside, what it assigns itself, and which others it names. */
export function scan(source: string): Scopes {
  const scopes = new Scopes();
  const cursor = new Cursor(source);
  readBody(cursor, scopes, []);
  return scopes;
}

/** Reads up to one of the tags, whose word it takes and returns. */
function readBody(cursor: Cursor, scopes: Scopes, ends: readonly string[]): string {
  return cursor.deeper(() => {
    while (cursor.token !== undefined) {
      if (cursor.skipMark('{{')) {
        readExpression(cursor, scopes);
        cursor.expectMark('}}');
        continue;
      }
      cursor.expectMark('{%');
      const word = cursor.expectName().text;
      if (ends.includes(word)) return word;
      const read = Object.hasOwn(statements, word) ? statements[word] : undefined;
      if (read === undefined) throw cursor.wrong(`unknown statement ${word}`);
      read(cursor, scopes);
      cursor.expectMark('%}');
    }
    if (ends.length > 0) throw cursor.wrong(`expected ${ends.join(' or ')}`);
    return '';
  });
}

function readBodyTo(end: string, cursor: Cursor, scopes: Scopes): void {
  cursor.expectMark('%}');
  readBody(cursor, scopes, [end]);
}

function readIf(cursor: Cursor, scopes: Scopes): void {
  readExpression(cursor, scopes);
  cursor.expectMark('%}');
  let end = '';
  scopes.oneOf([
    () => (end = readBody(cursor, scopes, ['elif', 'else', 'endif'])),
    () => {
      if (end === 'elif') cursor.deeper(() => readIf(cursor, scopes));
      else if (end === 'else') readBodyTo('endif', cursor, scopes);
    },
  ]);
}

function readFor(cursor: Cursor, scopes: Scopes): void {
  const targets = readTargets(cursor);
  cursor.expectWord('in');
  readCondition(cursor, scopes);
  if (cursor.skipWord('if')) scopes.inside(targets, () => readExpression(cursor, scopes));
  cursor.skipWord('recursive');
  cursor.expectMark('%}');
  let end = '';
  scopes.inside([...targets, 'loop'], () => (end = readBody(cursor, scopes, ['else', 'endfor'])));
  if (end === 'else') scopes.oneOf([() => readBodyTo('endfor', cursor, scopes), () => {}]);
}

function readSet(cursor: Cursor, scopes: Scopes): void {
  if (cursor.following?.text === '.') return readSetField(cursor, scopes);
  const names = readTargets(cursor);
  if (cursor.skipMark('=')) readExpression(cursor, scopes);
  else {
    while (cursor.skipMark('|')) readFilter(cursor, scopes);
    readBodyTo('endset', cursor, scopes);
  }
  for (const name of names) scopes.assign(name);
}

/** `set namespace.field = …` */
function readSetField(cursor: Cursor, scopes: Scopes): void {
  const name = cursor.expectName();
  scopes.read(name.text, [], name.line);
  cursor.expectMark('.');
  cursor.expectName();
  cursor.expectMark('=');
  readExpression(cursor, scopes);
}

function readWith(cursor: Cursor, scopes: Scopes): void {
  scopes.inside([], () => {
    while (!cursor.isMark('%}')) {
      // A target without brackets is one name here: the comma parts assignments.
      const names = cursor.isMark('(') ? readTargets(cursor) : [cursor.expectName().text];
      cursor.expectMark('=');
      readExpression(cursor, scopes);
      for (const name of names) scopes.bind(name);
      if (!cursor.isMark('%}')) cursor.expectMark(',');
    }
    readBodyTo('endwith', cursor, scopes);
  });
}

function readBlock(cursor: Cursor, scopes: Scopes): void {
  cursor.expectName();
  scopes.inside([], () => readBodyTo('endblock', cursor, scopes));
  if (cursor.token?.is === 'name') cursor.next();
}

function readMacro(cursor: Cursor, scopes: Scopes): void {
  scopes.assign(cursor.expectName().text);
  cursor.expectMark('(');
  const parameters = readParameters(cursor, scopes);
  scopes.inside([...parameters, 'caller'], () => readBodyTo('endmacro', cursor, scopes));
  if (cursor.token?.is === 'name') cursor.next();
}

function readCall(cursor: Cursor, scopes: Scopes): void {
  const parameters = cursor.skipMark('(') ? readParameters(cursor, scopes) : [];
  readExpression(cursor, scopes);
  scopes.inside(parameters, () => readBodyTo('endcall', cursor, scopes));
}

/** Up to the bracket that closes them; a default may read the parameters before it. */
function readParameters(cursor: Cursor, scopes: Scopes): readonly string[] {
  const names: string[] = [];
  while (!cursor.skipMark(')')) {
    const name = cursor.expectName().text;
    if (cursor.skipMark('=')) scopes.inside(names, () => readExpression(cursor, scopes));
    names.push(name);
    if (!cursor.isMark(')')) cursor.expectMark(',');
  }
  return names;
}

function readFilterBlock(cursor: Cursor, scopes: Scopes): void {
  do readFilter(cursor, scopes);
  while (cursor.skipMark('|'));
  readBodyTo('endfilter', cursor, scopes);
}

function readAutoescape(cursor: Cursor, scopes: Scopes): void {
  readExpression(cursor, scopes);
  readBodyTo('endautoescape', cursor, scopes);
}

function readInclude(cursor: Cursor, scopes: Scopes): void {
  readMentions(cursor, scopes);
  if (cursor.skipWord('ignore')) cursor.expectWord('missing');
  skipContext(cursor);
}

function readImport(cursor: Cursor, scopes: Scopes): void {
  readMentions(cursor, scopes);
  cursor.expectWord('as');
  scopes.assign(cursor.expectName().text);
  skipContext(cursor);
}

function readFrom(cursor: Cursor, scopes: Scopes): void {
  readMentions(cursor, scopes);
  cursor.expectWord('import');
  do {
    if (cursor.isMark('%}') || cursor.isWord('with', 'without')) break;
    const name = cursor.expectName().text;
    scopes.assign(cursor.skipWord('as') ? cursor.expectName().text : name);
  } while (cursor.skipMark(','));
  skipContext(cursor);
}

function skipContext(cursor: Cursor): void {
  if (cursor.isWord('with', 'without')) {
    cursor.next();
    cursor.expectWord('context');
  }
}
