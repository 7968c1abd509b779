/** Words that carry no topic: they are never the one that is shown in the accent. */
const plain = new Set(
  `a an the how to make do get your you own with from for and or in on at of that this it is are be best easy easily simple
  perfect great really very most more than into out up at home minutes minute seconds steps step ways way tips things thing
  every any all never always ever what why when where who which just without using these those them they their could should
  would about before after again save follow share like watch now need needs needed`.split(/\s+/),
);

/** Index of the word that says what a title is about: the longest that is not a word of every title, the later of equals. */
export function keyWord(words: readonly string[]): number | undefined {
  let best: number | undefined;
  let most = 2;
  words.forEach((word, at) => {
    const bare = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (plain.has(bare) || bare.length < most) return;
    most = bare.length;
    best = at;
  });
  return words.length > 1 ? best : undefined;
}
