/** What every site's stylesheet has in common. */
export const baseStyle = `*,
*::before,
*::after {
  box-sizing: border-box;
}

html {
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
  scroll-behavior: smooth;
}

body {
  margin: 0;
  background: var(--background);
  color: var(--text);
  font-family: var(--body-font);
  font-size: clamp(1rem, 0.95rem + 0.3vw, 1.15rem);
  line-height: 1.6;
  overflow-wrap: break-word;
}

h1,
h2,
h3 {
  margin: 0 0 0.5em;
  font-family: var(--heading-font);
  line-height: 1.15;
  text-wrap: balance;
}

h1 {
  font-size: clamp(2.2rem, 1.4rem + 4vw, 4.2rem);
  letter-spacing: -0.02em;
}

h2 {
  font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.2rem);
}

h3,
h2.item {
  font-size: 1.15rem;
}

p {
  margin: 0 0 1em;
  max-width: 65ch;
}

ul,
ol,
dl,
figure {
  margin: 0;
  padding: 0;
  list-style: none;
}

a {
  color: var(--accent);
  text-underline-offset: 0.2em;
}

:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 3px;
}

.skip {
  position: absolute;
  left: 1rem;
  top: -10rem;
  z-index: 2;
  padding: 0.75rem 1rem;
  background: var(--accent);
  color: var(--on-accent);
}

.skip:focus {
  top: 1rem;
}

.wide {
  width: min(100% - 2.5rem, 68rem);
  margin-inline: auto;
}

.site-header .wide {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 2rem;
  padding-block: 1.25rem;
}

.brand {
  margin-inline-end: auto;
  color: var(--text);
  font-family: var(--heading-font);
  font-size: 1.15rem;
  font-weight: 700;
  text-decoration: none;
}

.site-header ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1.25rem;
}

.site-header nav a {
  display: inline-block;
  padding: 0.5rem 0;
  color: var(--text);
  text-decoration: none;
}

.site-header nav a:hover,
.site-header nav a[aria-current="page"] {
  text-decoration: underline;
  text-decoration-thickness: 2px;
  text-decoration-color: var(--accent);
}

section {
  padding-block: clamp(2rem, 5vw, 4.5rem);
}

.lead {
  color: var(--muted);
  font-size: 1.15em;
}

.button {
  display: inline-block;
  padding: 0.8rem 1.4rem;
  border-radius: var(--corner);
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  text-decoration: none;
}

.button:hover {
  text-decoration: underline;
}

.grid {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
  gap: 1.5rem;
}

.card {
  padding: 1.5rem;
  border: 1px solid var(--line);
  border-radius: var(--corner);
  background: var(--surface);
}

.card p:last-child,
.menu p,
.schedule p,
figcaption p {
  margin-bottom: 0;
  color: var(--muted);
}

.gallery figure {
  overflow: hidden;
  border-radius: var(--corner);
  background: var(--surface);
  border: 1px solid var(--line);
}

figcaption {
  padding: 1rem 1.25rem 1.25rem;
}

.art {
  display: block;
  width: 100%;
  aspect-ratio: 4 / 3;
  background: var(--tint);
}

.art .a0 {
  fill: var(--accent);
}

.art .a1 {
  fill: var(--accent-soft);
}

.art .a2 {
  fill: var(--accent-pale);
}

.art .line {
  fill: none;
  stroke-width: 12;
  stroke: var(--accent);
}

.art .line.a1 {
  stroke: var(--accent-soft);
}

.art .line.a2 {
  stroke: var(--accent-pale);
}

.menu li,
.schedule li {
  padding-block: 1.1rem;
  border-top: 1px solid var(--line);
}

.menu .item,
.schedule .item {
  margin-bottom: 0.2em;
}

.schedule li {
  display: grid;
  grid-template-columns: minmax(8rem, 1fr) 4fr;
  gap: 1rem;
}

.schedule .when {
  color: var(--accent);
  font-weight: 600;
}

.steps {
  counter-reset: step;
}

.steps li {
  position: relative;
  padding: 0 0 1.5rem 4rem;
  counter-increment: step;
}

.steps li::before {
  content: counter(step);
  position: absolute;
  left: 0;
  top: 0;
  width: 2.6rem;
  height: 2.6rem;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 700;
  line-height: 2.6rem;
  text-align: center;
}

details {
  border-top: 1px solid var(--line);
}

summary {
  padding-block: 1rem;
  font-weight: 600;
  cursor: pointer;
}

.cta {
  background: var(--accent);
  color: var(--on-accent);
}

.cta a.button {
  background: var(--on-accent);
  color: var(--accent);
}

.cta :focus-visible {
  outline-color: var(--on-accent);
}

.site-footer {
  padding-block: 2.5rem;
  border-top: 1px solid var(--line);
  color: var(--muted);
}

.theme {
  padding: 0.45rem 0.8rem;
  border: 1px solid var(--muted);
  border-radius: var(--corner);
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}

@media (max-width: 34rem) {
  .schedule li {
    grid-template-columns: 1fr;
    gap: 0.2rem;
  }
}

@media (prefers-reduced-motion: reduce) {
  html {
    scroll-behavior: auto;
  }
}

@media print {
  .site-header nav,
  .skip,
  .theme,
  .art {
    display: none;
  }

  body {
    background: #ffffff;
    color: #000000;
    font-size: 11pt;
  }

  .cta {
    background: none;
    color: inherit;
  }

  main a[href^="http"]::after,
  main a[href^="mailto"]::after {
    content: " (" attr(href) ")";
  }
}
`;
