/** A drawing whose ids, and what refers to them, begin with the prefix: so that several can stand in one SVG. */
export function prefixed(body: string, prefix: string): string {
  return body.replace(/ id="|url\(#|href="#/g, (before) => before + prefix);
}
