/** How a site looks, from its kind and from what was wished. */
import type { RulesContext } from 'continuo';
import { oneOf } from '../../../../english/chance.ts';
import { wordsOf } from '../../../../english/text.ts';
import palettes from '../data/palettes.json' with { type: 'json' };
import type { Kind } from '../goal/kinds.ts';
import type { Design, Layout } from '../specification.ts';

const layouts: readonly Layout[] = ['split', 'stack', 'magazine', 'sidebar', 'poster'];

const headings: Readonly<Record<Layout, readonly Design['headings'][]>> = {
  split: ['serif', 'sans'],
  stack: ['sans', 'rounded'],
  magazine: ['serif'],
  sidebar: ['sans', 'mono'],
  poster: ['serif', 'sans'],
};

export function chooseDesign(kind: Kind, wishes: string, ctx: RulesContext): Design {
  const words = wordsOf(wishes);
  const wished = palettes.find(({ colours }) => colours.some((colour) => words.includes(colour)));
  const palette =
    wished ??
    oneOf(
      ctx,
      palettes.filter(({ name }) => kind.palettes.includes(name)),
    );
  const layout = oneOf(
    ctx,
    layouts.filter((name) => kind.layouts.includes(name)),
  );
  return {
    layout,
    headings: oneOf(ctx, headings[layout]),
    corners: oneOf(ctx, layout === 'magazine' ? ['none', 'small'] : ['small', 'large']),
    light: palette.light,
    dark: palette.dark,
  };
}
