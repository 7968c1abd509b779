/** A name made into an id: "Build a website!" becomes "Build-a-website". */
export function idFrom(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
    .slice(0, 128);
}
