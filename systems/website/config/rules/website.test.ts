import assert from 'node:assert/strict';
import test from 'node:test';
import { asked, fits, oddTexts, seeded } from '../../../testing/answers.ts';
import build from './coder.ts';
import { contrast } from './design/colours.ts';
import specify from './product-manager.ts';
import review from './reviewer.ts';
import type { File, Specification } from './specification.ts';

const schema = (name: string): URL => new URL(`../schemas/${name}.json`, import.meta.url);

const goals = [
  'Build a portfolio website for a wedding photographer in Lisbon',
  'Build a Website',
  'A blog about sourdough baking',
  'Landing page for a time tracking app called Tock',
  'online shop for handmade ceramics',
  'Create a website for a chess club in Leeds',
  'a site for my coffee shop "Blue Door" in Porto',
  'conference about open data in Berlin',
  'documentation for a small queue library',
  'website for a plumber',
  'I need a website for Anna Schmidt, an illustrator',
  'My wedding in June in Prague',
  'Make a restaurant site for an Italian restaurant',
  'yoga studio website with online booking, please make it purple',
];

const specification = (goal: string, seed = 1): Specification => asked(specify, { goal }, schema('product_manager.output'), seed);

function site(goal: string, seed = 1): { readonly specification: Specification; readonly files: readonly File[] } {
  const wanted = specification(goal, seed);
  const task = { specification: wanted };
  fits(schema('coder.input'))(task, goal);
  const { files } = build(task, seeded(seed));
  assert.deepEqual(build(task, seeded(seed)).files, files);
  fits(schema('coder.output'))({ files, notes: [] }, goal);
  return { specification: wanted, files };
}

test('a goal gives the kind, name, topic and place that it says', () => {
  const of = (goal: string) => {
    const { kind, name } = specification(goal);
    return `${kind}: ${name}`;
  };
  assert.equal(of('Landing page for a time tracking app called Tock'), 'product: Tock');
  assert.equal(of('a site for my coffee shop "Blue Door" in Porto'), 'restaurant: Blue Door');
  assert.equal(of('Create a website for a chess club in Leeds'), 'club: Leeds Chess Club');
  assert.equal(of('conference about open data in Berlin'), 'event: Berlin Open Data Conference');
  assert.equal(of('I need a website for Anna Schmidt, an illustrator'), 'portfolio: Anna Schmidt');
  assert.equal(of('A website about volcanoes'), 'blog: Notes on Volcanoes');
});

test('the words are about the goal, and a wish for a colour is heard', () => {
  assert.match(JSON.stringify(specification('Create a website for a chess club in Leeds').pages), /how the knight moves/);
  assert.match(JSON.stringify(specification('website for a food truck selling tacos').pages), /Tacos al pastor/);
  assert.equal(specify({ goal: 'A shop for tea', notes: 'green, please' }, seeded(1)).design.light.accent, '#23603f');
});

test('nothing is invented that only the owner can know', () => {
  for (const goal of goals) {
    const text = JSON.stringify(specification(goal).pages);
    assert.doesNotMatch(text, /\+?\d{3}[ -]?\d{3}|[$€£]\s?\d|\d\s?(?:USD|EUR)|\b\d{5}\b|"[^"]*" ?[–—-] ?[A-Z][a-z]+ [A-Z]/, goal);
    for (const address of text.match(/[\w.-]+@[\w.-]+/g) ?? []) assert.match(address, /\.example$/, goal);
    assert.ok(specification(goal).openQuestions.length >= 3);
  }
});

test('what the product manager specifies and the coder builds passes the reviewer', () => {
  for (const goal of goals) {
    for (let seed = 1; seed <= 4; seed += 1) {
      const verdict = review(site(goal, seed), seeded(1));
      fits(schema('reviewer.output'))(verdict, goal);
      assert.deepEqual(verdict.findings, [], goal);
      assert.ok(verdict.approved);
    }
  }
});

test('odd goals give a site, too', () => {
  for (const text of oddTexts) {
    const verdict = review(site(text), seeded(1));
    assert.ok(verdict.approved, `${text.slice(0, 60)}: ${verdict.summary}`);
  }
});

test('what a specification says never becomes markup', () => {
  const wanted = specification('A blog about tea');
  const evil = '"><script>alert(1)</script>';
  const [first, ...rest] = wanted.pages;
  assert.ok(first !== undefined);
  const pages = [
    {
      ...first,
      title: evil,
      nav: evil,
      sections: first.sections.map((section) => ({
        ...section,
        id: evil,
        heading: evil,
        text: evil,
        items: [{ title: evil, text: evil, note: evil }],
      })),
    },
    ...rest,
  ];
  const { files } = build({ specification: { ...wanted, name: evil, pages } }, seeded(1));
  for (const { path, content } of files.filter((file) => file.path.endsWith('.html'))) {
    assert.doesNotMatch(content, /<script>/, path);
  }
});

test('paths stay inside the site, and there is always a first page', () => {
  const wanted = specification('A blog about tea');
  const { files } = build(
    { specification: { ...wanted, pages: wanted.pages.map((page) => ({ ...page, path: '../../etc/passwd' })) } },
    seeded(1),
  );
  const paths = files.map(({ path }) => path);
  assert.ok(paths.includes('index.html'));
  assert.equal(new Set(paths).size, paths.length);
  for (const path of paths) assert.match(path, /^[\w-]+\.\w+$/);
});

test('colours that cannot be read are made readable', () => {
  const wanted = specification('A blog about tea');
  const pale = { background: '#ffffff', surface: '#ffffff', text: '#eeeeee', muted: '#dddddd', accent: '#ffff99', onAccent: '#ffffff' };
  const { files } = build(
    { specification: { ...wanted, design: { ...wanted.design, light: pale, dark: { ...pale, background: 'red', surface: 'url(evil)' } } } },
    seeded(1),
  );
  const verdict = review({ files, specification: wanted }, seeded(1));
  assert.deepEqual(verdict.findings, []);
  assert.doesNotMatch(files.find(({ path }) => path === 'styles.css')?.content ?? '', /evil/);
});

test('contrast is the one of WCAG', () => {
  assert.equal(contrast('#000', '#ffffff'), 21);
  assert.equal(contrast('#777777', '#ffffff')?.toFixed(2), '4.48');
  assert.equal(contrast('blue', '#ffffff'), undefined);
});

/** The good site of a goal with one thing changed in one of its files. */
function broken(change: (content: string) => string, file = 'index.html') {
  const { specification: wanted, files } = site('Create a website for a chess club in Leeds');
  const changed = files.map((entry) => (entry.path === file ? { ...entry, content: change(entry.content) } : entry));
  assert.notDeepEqual(changed, files, 'the change changes something');
  return review({ files: changed, specification: wanted }, seeded(1));
}

const faults: readonly (readonly [string, RegExp, (content: string) => string, string?])[] = [
  ['no document type', /document type/, (html) => html.replace('<!DOCTYPE html>\n', '')],
  ['no language', /language is missing/, (html) => html.replace(' lang="en"', '')],
  ['no title', /no title/, (html) => html.replace(/<title>.*<\/title>/, '')],
  ['no viewport', /Small screens/, (html) => html.replace(/<meta name="viewport".*>/, '')],
  ['zooming forbidden', /Zooming/, (html) => html.replace('initial-scale=1', 'initial-scale=1, user-scalable=no')],
  ['two main headings', /2 main headings/, (html) => html.replace('</main>', '<h1>Again</h1></main>')],
  ['a level skipped', /from level 2 to level 4/, (html) => html.replace(/<h3 class="item">(.*?)<\/h3>/, '<h4>$1</h4>')],
  ['no skip link', /past the navigation/, (html) => html.replace(/<a class="skip".*<\/a>\n/, '')],
  ['an id twice', /more than once/, (html) => html.replace('id="values"', 'id="what"')],
  ['a picture without text', /alternative text/, (html) => html.replace('</main>', '<img src="x.png"></main>')],
  ['a drawing without name', /not hidden/, (html) => html.replace(' aria-hidden="true"', '')],
  ['a dead link', /no file "gone.html"/, (html) => html.replace('href="join.html"', 'href="gone.html"')],
  ['a dead fragment', /id="nowhere"/, (html) => html.replace('href="#main"', 'href="#nowhere"')],
  ['a field without label', /no label/, (html) => html.replace('</main>', '<input type="text" id="q"></main>')],
  ['an unclosed element', /do not fit/, (html) => html.replace('</nav>', '')],
  ['a placeholder', /placeholder/, (html) => html.replace('</main>', '<p>Lorem ipsum dolor</p></main>')],
  ['a script from elsewhere', /loaded from elsewhere/, (html) => html.replace('src="site.js"', 'src="https://cdn.example/x.js"')],
  ['a section missing', /section "What we do" is missing/, (html) => html.replace(/What we do/g, 'Other things')],
  ['no way to a page', /no way from here to "Calendar"/, (html) => html.replace(/<li><a href="calendar.html".*<\/li>/, '')],
  ['pale text', /contrast of/, (css) => css.replace(/--muted: #[0-9a-f]{6}/, '--muted: #c0c0c0'), 'styles.css'],
  [
    'pale text in the dark',
    /contrast of/,
    (css) => css.replace(/(prefers-color-scheme: dark[\s\S]*?)--text: #[0-9a-f]{6}/, '$1--text: #333333'),
    'styles.css',
  ],
  ['no focus', /where the keyboard is/, (css) => css.replaceAll('outline: 3px solid var(--accent)', 'outline: none'), 'styles.css'],
  ['a brace too few', /braces/, (css) => css.replace('}', ''), 'styles.css'],
  ['an import', /loads something/, (css) => `@import "https://fonts.example/a.css";\n${css}`, 'styles.css'],
];

for (const [name, words, change, file] of faults) {
  test(`the reviewer finds: ${name}`, () => {
    const { approved, score, findings } = broken(change, file);
    assert.ok(!approved, name);
    assert.ok(score < 10);
    const found = findings.find(({ what }) => words.test(what));
    assert.ok(found !== undefined, findings.map(({ what }) => what).join(' '));
    assert.ok(found.fix.length > 10 && found.where.length > 3);
  });
}

test('the reviewer finds a missing page, and takes over what was measured', () => {
  const { specification: wanted, files } = site('A blog about tea');
  const without = review({ files: files.filter(({ path }) => path !== 'about.html'), specification: wanted }, seeded(1));
  assert.match(without.findings.map(({ what }) => what).join(' '), /page "About" is missing/);
  const measured = [{ file: 'index.html', where: 'line 3', severity: 'error' as const, what: 'The validator says no.', fix: 'Mend it.' }];
  const verdict = review({ files, specification: wanted, measured }, seeded(1));
  assert.ok(!verdict.approved);
  assert.deepEqual(verdict.findings, measured);
});

test('a site of nothing is not approved', () => {
  const verdict = asked(review, { files: [], specification: specification('x') }, schema('reviewer.output'));
  assert.ok(!verdict.approved);
  assert.equal(verdict.score < 5, true);
});
