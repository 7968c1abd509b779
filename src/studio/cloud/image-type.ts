/** What kind of picture the bytes begin like; undefined when they are none that we can draw. */
export function imageType(bytes: Uint8Array): string | undefined {
  const begins = (at: number, ...expected: readonly number[]): boolean => expected.every((byte, i) => bytes[at + i] === byte);
  if (begins(0, 0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return undefined;
}
