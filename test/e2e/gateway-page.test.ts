import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Desk } from './continuo.ts';
import { explain } from './desk.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/gateway.md'), 'utf8');

/** Files of the page: a line with the name, and the text behind it. */
const files = [...page.matchAll(/^`([\w./]+)`:\n\n```\w*\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => ({ name, text }));

test('the first five minutes of the page go as they are told', async (t) => {
  const at = new Desk(t);
  assert.equal(files.length, 5);
  for (const { name, text } of files) {
    mkdirSync(dirname(at.path(name)), { recursive: true });
    at.write(name, text);
  }
  const checked = await at.run('gateway', 'check');
  assert.equal(checked.code, 0, explain(checked));
  assert.match(checked.stdout, /rules answer here: no model has a key/);
  const asked = await at.run('infer', 'title_writer', '--input', 'paper planes');
  assert.equal(asked.code, 0, explain(asked));
  assert.match(asked.stdout, /"title": ".+ paper planes"/);
  assert.match(asked.stderr, /by rules, without a model/);
});

test('what the page says of models, money and the cache can be read', async (t) => {
  const at = new Desk(t);
  const sections = [...page.matchAll(/^```toml\n(\[(?:models|\[prices|cache)[\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  assert.equal(sections.length, 4);
  const variants = ['fast_llm', 'local_llm'].map(
    (model) => `[functions.f.variants.${model}]\ntype = "chat_completion"\nmodel = "${model}"\n`,
  );
  at.write('page.toml', [...sections, '[functions.f]\ntype = "chat"\n', ...variants].join('\n'));
  const checked = await at.run('gateway', 'check', 'page.toml');
  assert.equal(checked.code, 0, explain(checked));
  assert.match(checked.stdout, /acme, each month: \$20 per month for project = acme, then degrade/);
});
