/** How each line is read is said in read-words.ts. */
export const household: string = `
  amphora: vase, jug, urn
  alarm-clock: alarm, wake up, wake-up time
  baby-bottle: feeding bottle
  basket: wicker basket, hamper
  bathtub: bath, tub
  bed: bedroom, mattress, guest bed
  bell: handbell
  bellhop-bell: desk bell, service bell
  broom: besom, sweeping brush, dustpan
  bucket: pail
  candle: candlelight, tealight, wax candle
  card-file-box
  chair: stool, seat
  chopsticks = chopstick
  clamp: g-clamp, screw clamp, vise
  cooking: fried egg, egg in a pan, frying egg
  couch-and-lamp: sofa, couch, living room, lamp, armchair
  crystal-ball
  desktop-computer: computer, monitor, screen
  door: front door, doorway, doorstep
  diya-lamp: oil lamp
  electric-plug: plug, power plug, power cord, mains plug, power cable
  elevator: lift
  fire-extinguisher: extinguisher
  flashlight: torch, torchlight, pocket lamp
  fork-and-knife: cutlery, fork, knife and fork
  fork-and-knife-with-plate: plate, dish, place setting, dinner, meal
  fountain
  framed-picture: picture frame, painting, picture on the wall, framed photo
  game-die: dice, die
  hourglass-done: hourglass, sandglass, egg timer
  hourglass-not-done: waiting time, sand timer
  jar: storage jar
  key: house key, door key
  kitchen-knife: knife, chef's knife, sharp knife, cook's knife, blade
  ladder: stepladder, step ladder
  laptop: notebook computer, computer, keyboard
  light-bulb: bulb, lightbulb, idea, lamp bulb, electric light
  link: chain link
  chains = metal chain, iron chain
  locked: padlock, lock
  locked-with-key: lock and key
  unlocked: open lock
  lotion-bottle: lotion, body lotion, shampoo, cream bottle, sunscreen, hand cream, conditioner, moisturiser
  low-battery: empty battery, flat battery
  battery: cell, AA battery
  luggage: suitcase, trolley, travel bag
  mantelpiece-clock: clock, mantel clock
  mirror: looking glass
  mirror-ball: disco ball
  mouse-trap: trap
  nesting-dolls = nesting doll, matryoshka, russian doll
  old-key: antique key
  pot-of-food: stew, cooking pot, casserole, pot of soup, hotpot
  pill: tablet, medicine, capsule, vitamin
  plunger: sink plunger, toilet plunger
  potted-plant: houseplant, pot plant, indoor plant, plant in a pot
  pouring-liquid: pouring, pour, jug pouring
  red-paper-lantern: lantern
  razor: shaver
  roll-of-paper: toilet paper, toilet roll, kitchen roll, paper towel, kitchen paper
  safety-pin: pin
  sewing-needle: sewing, needle
  shopping-bags = shopping bag, paper bag, gift bag
  shopping-cart: trolley, cart, groceries
  shower: shower head
  soap: bar of soap, soap bar, hand soap
  sponge: dish sponge, kitchen sponge
  spoon: teaspoon, tablespoon, spoonful
  stopwatch
  teapot: kettle, pot of tea
  teddy-bear: teddy, soft toy, stuffed animal
  telephone: phone, landline
  telephone-receiver: handset, receiver, phone call
  television: TV, telly
  thermometer: temperature
  thread: spool of thread, sewing thread, spool, reel of thread, embroidery thread
  timer-clock: timer, kitchen timer
  toilet: lavatory, WC, loo, toilet bowl
  toothbrush: tooth brush, brushing teeth
  umbrella
  closed-umbrella
  beach-with-umbrella: beach, sandy beach, parasol
  umbrella-on-ground
  wastebasket: bin, rubbish bin, waste, trash, garbage, waste paper basket, trash can
  watch: wristwatch
  wind-chime: wind chimes, chime
  window: window pane, windowsill, glass pane
  wrapped-gift: gift, present, gift box, birthday present, wrapped present, parcel
  yarn: wool, ball of wool, ball of yarn, skein
  nail-polish: nail varnish
  lipstick: make-up
  hair-pick: comb
  toolbox: tool box, basic tool, tool kit, tool set
  fire: flame, campfire, heat
  bubbles = bubble, soap bubble, foam, lather
  coin: change, cash
  dollar-banknote: money, banknote, bill, cash, income
  euro-banknote
  credit-card: bank card, debit card
  money-bag: savings, sack of money, wealth, budget
  money-with-wings: spending, expense
  purse: wallet, coin purse
  receipt: bill, invoice
`;
