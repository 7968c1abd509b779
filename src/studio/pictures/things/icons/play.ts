/** How each line is read is said in read-words.ts. */
export const play: string = `
  1st-place-medal: gold medal, medal, winner
  2nd-place-medal: silver medal
  3rd-place-medal: bronze medal
  accordion
  american-football
  badminton
  balloon: air balloon, party balloon
  banjo
  baseball
  basketball
  boomerang
  bow-and-arrow
  bowling
  boxing-glove
  bullseye: target, goal, dartboard
  carousel-horse
  carp-streamer
  chequered-flag: finish, finish line
  chess-pawn: chess
  circus-tent: circus
  confetti-ball: confetti
  cricket-game
  diving-mask
  drum
  ferris-wheel
  field-hockey
  firecracker
  fishing-pole: fishing rod, angling, fishing line
  flag-in-hole: golf
  flute
  flying-disc: frisbee
  flying-saucer: UFO
  goal-net
  guitar
  headphone: headphones
  ice-hockey
  ice-skate
  japanese-dolls
  joker: playing card, card trick
  joystick
  kite: flying kite, diamond kite
  lacrosse
  long-drum
  magic-wand: magic trick
  maracas
  martial-arts-uniform: karate
  military-medal
  musical-keyboard: piano
  musical-note: melody
  musical-notes: music, song
  musical-score
  parachute
  party-popper: party, celebration
  piata: pinata
  ping-pong: table tennis
  playground-slide: slide, playground
  pool-8-ball: billiards
  postal-horn
  roller-coaster
  roller-skate
  rugby-football
  saxophone
  skateboard
  skis
  sled: sledge
  soccer-ball: football, soccer
  softball
  sparkler
  sports-medal
  studio-microphone
  tennis: tennis ball
  trophy: prize, award, winner cup
  trumpet
  video-game: game controller
  violin
  volleyball
  water-pistol: water gun
  yo-yo
`;
