/** Contrast, computed from the colours that the stylesheets name. */
import { contrast } from '../design/colours.ts';
import type { Finding } from '../specification.ts';
import type { Check } from './finding.ts';

// What stands on what, and how well it must be readable.
const pairs: readonly (readonly [string, string, number])[] = [
  ['text', 'background', 4.5],
  ['text', 'surface', 4.5],
  ['muted', 'background', 4.5],
  ['muted', 'surface', 4.5],
  ['accent', 'background', 4.5],
  ['accent', 'surface', 4.5],
  ['on-accent', 'accent', 4.5],
];

interface Block {
  readonly selector: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** The blocks that define colours, each with what the first of them gives where it says nothing itself. */
function blocksOf(css: string): readonly Block[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const blocks: Block[] = [];
  for (const [, selector = '', body = ''] of plain.matchAll(/([^{};]+)\{([^{}]*--[^{}]*)\}/g)) {
    const own = [...body.matchAll(/--([\w-]+)\s*:\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()] as const);
    const variables = new Map([...(blocks[0]?.variables ?? []), ...own]);
    if (own.some(([name]) => pairs.some((pair) => pair[0] === name || pair[1] === name)))
      blocks.push({ selector: selector.trim(), variables });
  }
  return blocks;
}

export const colours: Check = ({ files }) => {
  const sheets = files.filter(({ path }) => path.endsWith('.css'));
  const missing: Finding[] =
    sheets.length === 0
      ? [
          {
            file: 'styles.css',
            where: 'the site',
            severity: 'warning',
            what: 'There is no stylesheet.',
            fix: 'Write styles.css with the colours of the specification as variables.',
          },
        ]
      : [];
  const low = sheets.flatMap(({ path, content }) =>
    blocksOf(content).flatMap(({ selector, variables }) =>
      pairs.flatMap(([over, under, least]): readonly Finding[] => {
        const [front, back] = [variables.get(over), variables.get(under)];
        const ratio = front === undefined || back === undefined ? undefined : contrast(front, back);
        if (ratio === undefined || ratio >= least) return [];
        return [
          {
            file: path,
            where: selector,
            severity: 'error',
            what: `--${over} ${front} on --${under} ${back} has a contrast of ${ratio.toFixed(2)} to 1.`,
            fix: `Make it at least ${least} to 1 by a darker or lighter --${over}.`,
          },
        ];
      }),
    ),
  );
  return [...missing, ...low];
};

export const styles: Check = ({ files }) => {
  const css = files
    .filter(({ path }) => path.endsWith('.css'))
    .map(({ path, content }) => ({ path, content: content.replace(/\/\*[\s\S]*?\*\//g, '') }));
  const all = css.map(({ content }) => content).join('\n');
  const findings: Finding[] = css.flatMap(({ path, content }): readonly Finding[] => {
    const loaded = /@import|url\(\s*['"]?(?:https?:)?\/\//i.exec(content)?.[0];
    const open = (content.match(/\{/g) ?? []).length - (content.match(/\}/g) ?? []).length;
    return [
      ...(loaded === undefined
        ? []
        : [
            {
              file: path,
              where: loaded,
              severity: 'error' as const,
              what: 'The stylesheet loads something from elsewhere.',
              fix: 'Put it into the site, or do without it.',
            },
          ]),
      ...(open === 0
        ? []
        : [
            {
              file: path,
              where: 'the whole file',
              severity: 'error' as const,
              what: 'The braces do not fit together.',
              fix: 'Close every block.',
            },
          ]),
    ];
  });
  if (css.length === 0) return findings;
  const file = css[0]?.path ?? 'styles.css';
  const unseen = [...all.matchAll(/:focus(?:-visible)?[^{]*\{([^}]*)\}/g)].some(
    ([, body = '']) => /outline\s*:\s*(?:none|0)/.test(body) && !/box-shadow|border/.test(body),
  );
  if (unseen || !/:focus/.test(all))
    findings.push({
      file,
      where: ':focus',
      severity: 'error',
      what: 'One cannot see where the keyboard is.',
      fix: 'Give :focus-visible an outline of at least 2 pixels.',
    });
  if (!/prefers-color-scheme/.test(all))
    findings.push({
      file,
      where: 'the whole file',
      severity: 'warning',
      what: 'There are no dark colours.',
      fix: 'Add @media (prefers-color-scheme: dark) with the dark palette of the specification.',
    });
  if (!/@media\s+print/.test(all))
    findings.push({
      file,
      where: 'the whole file',
      severity: 'note',
      what: 'Printing was not thought of.',
      fix: 'Add @media print without navigation and with black text.',
    });
  if (!/@media|auto-fit|auto-fill|clamp\(|flex-wrap/.test(all))
    findings.push({
      file,
      where: 'the whole file',
      severity: 'warning',
      what: 'Nothing adapts to the width of the screen.',
      fix: 'Let columns wrap, or add a media query for narrow screens.',
    });
  return findings;
};
