/** How each line is read is said in read-words.ts. */
export const clothing: string = `
  backpack: rucksack, school bag, emergency bag
  ballet-shoes = ballet shoe, dancing
  bikini
  billed-cap: cap, baseball cap
  briefs = underpants, underwear, brief
  clutch-bag
  coat: jacket, winter coat
  crown
  dress: gown
  flat-shoe
  folding-hand-fan: fan, hand fan
  gem-stone: diamond, jewel, crystal, gemstone
  glasses: spectacles
  gloves = glove, mitten, rubber glove, work glove
  handbag: bag
  high-heeled-shoe: high heel
  hiking-boot: boot, hiking shoe
  jeans = jean, trousers, denim, pants, pair of jeans
  kimono
  mans-shoe: leather shoe, dress shoe
  necktie = shirt with tie, dress shirt, collar
  one-piece-swimsuit: swimsuit
  ring
  running-shirt: tank top
  running-shoe: shoe, sneaker, trainer, lace, shoelace, shoe with laces
  sari
  scarf: knitted scarf, shawl
  shorts
  socks = sock, pair of socks, stocking
  sunglasses
  t-shirt: shirt, tee, tee shirt, cotton T-shirt
  thong-sandal: flip-flop
  top-hat
  womans-boot
  womans-clothes: blouse
  womans-hat: sun hat, hat
  womans-sandal
  prayer-beads: bead, necklace
  ribbon: bow, gift ribbon, satin ribbon
  reminder-ribbon
  military-helmet
`;
