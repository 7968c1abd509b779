/** How each line is read is said in read-words.ts. */
export const nature: string = `
  blossom: flower, yellow flower
  bouquet: bunch of flowers, flowers
  cactus: succulent
  cherry-blossom
  christmas-tree
  cloud
  cloud-with-lightning
  cloud-with-lightning-and-rain: thunderstorm, storm
  cloud-with-rain: rain, rain cloud
  cloud-with-snow: snowfall
  collision: explosion, bang, burst, impact
  comet
  coral: reef
  crescent-moon: night, bedtime, evening
  cyclone: whirlpool, swirl, vortex
  dashing-away: gust, air, puff, breath, blowing, wind
  deciduous-tree: tree, oak
  desert
  desert-island: island
  droplet: drop, water drop, water, drip, moisture, drop of water
  empty-nest: nest
  nest-with-eggs = bird nest, nest with eggs
  evergreen-tree: fir, pine, spruce, conifer
  fallen-leaf: dry leaf, autumn leaf, brown leaf
  feather: quill
  fireworks = firework
  first-quarter-moon
  fog
  four-leaf-clover: lucky clover
  full-moon: moon
  globe-showing-americas: planet, world
  globe-showing-europe-africa: earth, globe
  glowing-star
  herb: basil, parsley, mint, rosemary, oregano, thyme, sage, green leaf, sprig, cutting
  hibiscus
  hole
  hot-springs
  hyacinth: lavender
  ice: ice cube, ice block
  leaf-fluttering-in-wind: leaf, leaves
  lotus: water lily
  maple-leaf: autumn
  milky-way: galaxy
  mountain
  mount-fuji
  national-park: landscape
  palm-tree
  pine-decoration
  rainbow
  ringed-planet: saturn
  rose
  rosette
  seedling: sprout, young plant, shoot, small plant, plant
  shamrock: clover
  sheaf-of-rice: wheat, grain, rye, barley, ear of wheat
  shooting-star
  snow-capped-mountain
  snowflake: snow, frost, cold, fridge, freezer
  snowman
  snowman-without-snow
  sparkle
  sparkles = sparkle, glitter, shine, gleam, clean, magic
  spider-web: web, cobweb
  spiral-shell: shell, seashell
  star
  sun: sunshine, sunlight, sunny, daylight
  sun-behind-cloud
  sun-behind-rain-cloud
  sun-with-face
  sunflower: sunflower seed
  sunrise: dawn
  sunrise-over-mountains
  sunset
  sweat-droplets: splash, splash of water, spray
  tanabata-tree
  tornado
  tulip
  volcano: eruption, lava
  water-wave: wave, sea, ocean, flood
  white-flower
  wilted-flower: wilted plant, faded flower
  wind-face: blow
  ant
  badger
  bat = flying bat, fruit bat
  bear
  beaver
  beetle
  bird: songbird, robin, small bird, wild bird
  black-cat
  blowfish
  boar
  bug: caterpillar
  butterfly
  camel
  cat: kitten
  cat-face
  chicken: hen
  baby-chick: chick
  hatching-chick
  front-facing-baby-chick
  rooster
  chipmunk: squirrel
  cow
  cow-face
  crab
  cricket: grasshopper
  crocodile: alligator
  deer: stag
  dodo
  dog
  dog-face: puppy
  dolphin
  donkey
  dove: pigeon
  dragon
  dragon-face
  duck
  eagle: hawk
  elephant
  fish
  flamingo
  fly: housefly
  fox
  frog
  giraffe
  goat
  goose
  gorilla
  guide-dog
  hamster: guinea pig
  hedgehog
  hippopotamus: hippo
  honeybee: bee, wild bee, bumblebee
  horse
  horse-face
  jellyfish
  kangaroo
  koala
  lady-beetle: ladybird, ladybug
  leopard
  lion
  lizard: gecko
  llama: alpaca
  lobster
  mammoth
  monkey
  monkey-face
  moose
  mosquito
  mouse = field mouse, mouse animal
  mouse-face
  octopus
  orangutan
  otter
  owl
  ox
  panda
  parrot
  paw-prints: paw, track
  peacock
  penguin
  pig
  pig-face
  polar-bear
  poodle
  rabbit: bunny, hare
  rabbit-face
  raccoon
  ram
  rat
  rhinoceros: rhino
  sauropod: dinosaur
  t-rex: tyrannosaurus
  scorpion
  seal
  ewe: sheep, lamb
  shark
  skunk
  sloth
  snail: slug
  snake
  spider
  spouting-whale
  squid
  swan
  tiger
  tiger-face
  tropical-fish: aquarium fish, goldfish
  turkey
  turtle: tortoise
  unicorn
  whale
  wolf
  worm: earthworm, compost worm
  zebra
`;
