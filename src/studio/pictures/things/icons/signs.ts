/** How each line is read is said in read-words.ts. */
export const signs: string = `
  check-box-with-check: tick box, ticked box
  check-mark: tick
  check-mark-button: done, finished, correct, ticked
  clockwise-vertical-arrows: repeat, rotate, turning over
  counterclockwise-arrows-button: again
  cross-mark: wrong, mistake, error
  curly-loop: loop
  dizzy: dizzy star
  double-exclamation-mark
  down-arrow
  heart-exclamation
  hollow-red-circle
  infinity
  information
  keycap-1
  keycap-2
  keycap-3
  keycap-4
  keycap-5
  left-arrow
  left-right-arrow
  litter-in-bin-sign
  minus
  multiply
  no-entry
  no-smoking
  non-potable-water
  placard
  play-button
  potable-water: tap water, drinking water
  prohibited: forbidden
  recycling-symbol: recycling
  red-exclamation-mark: exclamation mark, attention
  red-question-mark: question mark
  right-arrow: arrow
  right-arrow-curving-down
  right-arrow-curving-left
  right-arrow-curving-up
  speaker-high-volume: sound, noise, volume
  muted-speaker: silence, quiet
  stop-sign
  triangular-flag: pennant
  up-arrow
  up-down-arrow
  warning: danger, hazard, caution, warning triangle
  white-question-mark
  wireless
`;
