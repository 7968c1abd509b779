/** What makes one layout differ from another. */
import type { Layout } from '../specification.ts';

export const layoutStyles: Readonly<Record<Layout, string>> = {
  split: `.hero .wide {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
  gap: clamp(1.5rem, 4vw, 4rem);
  align-items: center;
}

.hero .art {
  border-radius: var(--corner);
}
`,
  stack: `.hero {
  text-align: center;
}

.hero p {
  margin-inline: auto;
}

.hero .art {
  margin-top: 2.5rem;
  aspect-ratio: 16 / 5;
  border-radius: var(--corner);
}

main > section:nth-of-type(even):not(.cta) {
  background: var(--surface);
}
`,
  magazine: `.site-header .wide {
  justify-content: center;
  border-bottom: 3px double var(--line);
}

.hero .wide {
  max-width: 46rem;
}

.hero .art {
  aspect-ratio: 16 / 6;
  margin-bottom: 2rem;
}

.posts {
  columns: 2 22rem;
  column-gap: 3rem;
}

.posts article {
  break-inside: avoid;
  padding-bottom: 1.5rem;
}

.posts p {
  hyphens: auto;
}
`,
  sidebar: `@media (min-width: 60rem) {
  body {
    display: grid;
    grid-template-columns: 16rem minmax(0, 1fr);
    grid-template-rows: 1fr auto;
  }

  .site-header {
    grid-row: 1 / 3;
    border-right: 1px solid var(--line);
    background: var(--surface);
  }

  .site-header .wide {
    position: sticky;
    top: 0;
    flex-direction: column;
    align-items: flex-start;
    padding-block: 2rem;
  }

  .brand {
    margin: 0 0 1rem;
  }

  .site-header ul {
    flex-direction: column;
  }
}

.hero .art {
  aspect-ratio: 16 / 4;
  margin-bottom: 2rem;
  border-radius: var(--corner);
}
`,
  poster: `.hero {
  padding-block: clamp(3rem, 9vw, 7rem);
  background: var(--tint);
}

.hero h1 {
  font-size: clamp(2.6rem, 1.2rem + 7vw, 6rem);
  max-width: 16ch;
}

.hero .art {
  aspect-ratio: 16 / 5;
  margin-top: 2.5rem;
  border-radius: var(--corner);
}
`,
};
