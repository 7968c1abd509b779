/** How each line is read is said in read-words.ts. */
export const faces: string = `
  alien
  alien-monster
  anguished-face
  astonished-face
  beaming-face-with-smiling-eyes
  cat-with-tears-of-joy
  clown-face: clown
  cold-face: freezing
  cowboy-hat-face
  crying-face: sad
  drooling-face
  exploding-head: amazed
  face-blowing-a-kiss
  face-exhaling
  face-savoring-food: yummy, tasty
  face-screaming-in-fear
  face-with-medical-mask: dust mask, mask, face mask
  face-with-monocle
  face-with-open-mouth
  face-with-tears-of-joy: laughter
  face-with-thermometer: ill
  face-with-tongue
  ghost
  grinning-face: happy face, smile
  grinning-face-with-big-eyes: happy
  grinning-face-with-smiling-eyes
  grinning-face-with-sweat
  grinning-squinting-face
  hot-face
  hugging-face
  hushed-face
  jack-o-lantern: pumpkin, halloween
  melting-face
  nauseated-face
  nerd-face
  partying-face
  performing-arts: theatre, mask, puppet show
  pleading-face
  relieved-face
  sad-but-relieved-face
  shushing-face
  skull
  sleeping-face
  slightly-smiling-face
  smiling-cat-with-heart-eyes
  smiling-face-with-halo
  smiling-face-with-heart-eyes
  smiling-face-with-hearts
  smiling-face-with-smiling-eyes
  smiling-face-with-sunglasses: cool
  sneezing-face
  star-struck: amazed
  thinking-face: question, thought
  upside-down-face
  winking-face
  worried-face: worry
  zany-face
  zzz: sleep
  see-no-evil-monkey
  hear-no-evil-monkey
  speak-no-evil-monkey
  beating-heart
  blue-heart
  green-heart
  growing-heart
  heart-with-arrow
  heart-with-ribbon
  mending-heart
  orange-heart
  pink-heart
  purple-heart
  red-heart: heart, love
  revolving-hearts
  sparkling-heart
  two-hearts
  yellow-heart
  hundred-points
  speech-balloon: speech bubble, conversation, talk
  left-speech-bubble
  thought-balloon: idea bubble
`;
