/**
 * The stylesheet of a site.
 *
 * D1. Text, muted text and links can be read on every background that they stand on, whatever colours were specified.
 */
import type { Design, Palette } from '../specification.ts';
import { baseStyle } from './base-style.ts';
import { readable, readColour } from './colours.ts';
import { layoutStyles } from './layout-styles.ts';

const fonts: Readonly<Record<Design['headings'], string>> = {
  serif: '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif',
  sans: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  rounded: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Nunito, system-ui, sans-serif',
  mono: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace',
};

const corners: Readonly<Record<Design['corners'], string>> = { none: '0', small: '0.4rem', large: '1.1rem' };

const text = 4.5;
const easily = 7;

const colour = (value: string, otherwise: string): string => (readColour(value) === undefined ? otherwise : value.trim().toLowerCase());

export function readablePalette(palette: Palette, scheme: 'light' | 'dark'): Palette {
  const background = colour(palette.background, scheme === 'light' ? '#fafafa' : '#141414');
  const surface = colour(palette.surface, scheme === 'light' ? '#ffffff' : '#1e1e1e');
  const behind = [background, surface];
  const accent = readable(colour(palette.accent, scheme === 'light' ? '#1f3a5f' : '#9cc0ee'), behind, text);
  return {
    background,
    surface,
    text: readable(colour(palette.text, '#777777'), behind, easily),
    muted: readable(colour(palette.muted, '#777777'), behind, text),
    accent,
    onAccent: readable(colour(palette.onAccent, '#ffffff'), [accent], text),
  };
}

function variables(palette: Palette): string {
  return `--background: ${palette.background};
  --surface: ${palette.surface};
  --text: ${palette.text};
  --muted: ${palette.muted};
  --accent: ${palette.accent};
  --on-accent: ${palette.onAccent};
  --line: color-mix(in srgb, ${palette.text} 16%, ${palette.background});
  --tint: color-mix(in srgb, ${palette.accent} 8%, ${palette.background});
  --accent-soft: color-mix(in srgb, ${palette.accent} 55%, ${palette.background});
  --accent-pale: color-mix(in srgb, ${palette.accent} 28%, ${palette.background});`;
}

export function stylesheet(design: Design): string {
  const [light, dark] = [variables(readablePalette(design.light, 'light')), variables(readablePalette(design.dark, 'dark'))];
  return `:root {
  color-scheme: light dark;
  ${light}
  --corner: ${corners[design.corners]};
  --heading-font: ${fonts[design.headings]};
  --body-font: ${fonts[design.headings === 'rounded' ? 'rounded' : design.layout === 'magazine' ? 'serif' : 'sans']};
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) {
  ${dark.replace(/\n/g, '\n  ').replace(/^/, '  ')}
  }
}

:root[data-theme="light"] {
  color-scheme: light;
}

:root[data-theme="dark"] {
  color-scheme: dark;
  ${dark}
}

${baseStyle}
${layoutStyles[design.layout]}`;
}
