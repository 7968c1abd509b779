/** Files beside the pages. */
import { readablePalette } from '../design/stylesheet.ts';
import { escaped } from '../html/writing.ts';
import type { Specification } from '../specification.ts';

/** Everything works without it; it adds a switch between light and dark. */
export const script = `(() => {
  const root = document.documentElement;
  const kept = (() => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  })();
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;

  const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'theme';
  const say = () => {
    button.textContent = dark() ? 'Light colours' : 'Dark colours';
  };
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', root.dataset.theme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    say();
  });
  say();
  document.querySelector('.site-header .wide')?.append(button);
})();
`;

export function icon({ name, design }: Specification): string {
  const { accent, onAccent } = readablePalette(design.light, 'light');
  const letter = Array.from(name.replace(/^The /, '')).find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? '•';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="14" fill="${accent}"/>
  <text x="32" y="44" font-family="Georgia, serif" font-size="36" text-anchor="middle" fill="${onAccent}">${escaped(letter.toUpperCase())}</text>
</svg>
`;
}
