/** How each line is read is said in read-words.ts. */
export const food: string = `
  avocado
  bacon
  bagel
  baguette-bread: baguette, french bread, bread stick
  banana
  beans: bean, kidney bean, legume
  beer-mug = beer, beer mug, pint
  bell-pepper: pepper, capsicum, paprika
  bento-box: lunch box, bento
  beverage-box: juice box, drink carton, juice carton
  birthday-cake: cake, birthday
  blueberries = blueberry, berry, bilberry
  bottle-with-popping-cork = champagne, sparkling wine, prosecco, bottle of champagne
  bowl-with-spoon = cereal, porridge, muesli, oatmeal, cereal bowl, breakfast bowl
  bread = loaf of bread, sliced bread, toast bread, bread, sandwich bread
  broccoli
  brown-mushroom: champignon
  bubble-tea: boba
  burrito: wrap, tortilla wrap
  butter: margarine, stick of butter
  candy: sweet, bonbon, toffee
  canned-food: tin, can, tin can, tinned food, canned good, preserve
  carrot
  cheese-wedge: cheese, parmesan, cheddar
  cherries = cherry
  chestnut: hazelnut, nut
  chocolate-bar: chocolate, cocoa
  clinking-beer-mugs = cheers, toast with beer
  clinking-glasses = cheers, toast, celebration drink
  cocktail-glass: cocktail, martini
  coconut
  cooked-rice: rice, bowl of rice
  cookie: biscuit, chocolate chip cookie
  croissant
  cucumber: gherkin, pickle, courgette, zucchini
  cup-with-straw: soft drink, lemonade, smoothie, milkshake, soda
  cupcake: muffin, frosting
  curry-rice: curry
  custard: pudding, flan, panna cotta
  cut-of-meat: steak, meat, beef, pork chop
  dango
  doughnut: donut
  dumpling: gyoza, ravioli, wonton
  ear-of-corn: corn, sweetcorn, maize, corn cob
  egg: eggshell, boiled egg, chicken egg
  eggplant: aubergine
  falafel
  fish-cake-with-swirl = fish cake, narutomaki
  flatbread: pita, naan, tortilla, chapati
  fondue
  fortune-cookie
  french-fries: fry, chip, french fry
  fried-shrimp: tempura
  garlic: garlic clove
  ginger-root: ginger, turmeric
  glass-of-milk = milk, glass of milk
  grapes = grape, bunch of grapes, raisin
  green-apple
  green-salad: salad, lettuce bowl, bowl of salad
  hamburger: burger, cheeseburger
  honey-pot: honey, pot of honey
  hot-beverage: coffee, tea, hot drink, cup of tea, cup of coffee, mug, espresso, hot chocolate
  hot-dog: sausage
  hot-pepper: chili, chilli, cayenne, jalapeno, chili pepper
  ice-cream: sundae
  kiwi-fruit: kiwi
  leafy-green: lettuce, spinach, cabbage, kale, chard
  lemon: lemon juice, citrus
  lime: lime juice
  lollipop: lolly
  mango
  mate
  meat-on-bone = roast, ham, meat on the bone
  melon: honeydew
  moon-cake
  mushroom: toadstool, fly agaric
  oden: skewer
  olive
  onion: shallot
  oyster: mussel, clam
  pancakes = pancake, pancake stack, stack of pancakes, crepe
  pea-pod: pea, sugar snap
  peach: apricot, nectarine
  peanuts = peanut, groundnut
  pear
  pie: cake slice, quiche, tart
  pineapple
  pizza: slice of pizza, pizza slice
  popcorn
  potato
  poultry-leg: chicken leg, drumstick, fried chicken
  pretzel
  red-apple: apple, fruit
  rice-ball: onigiri
  rice-cracker
  roasted-sweet-potato: sweet potato, yam
  sake
  salt: salt shaker, sea salt, pinch of salt, table salt
  sandwich: toastie, lunch
  shallow-pan-of-food: paella, stew, frying pan of food
  shaved-ice: sorbet, slush
  shortcake: strawberry cake, slice of cake, sponge cake
  shrimp: prawn
  soft-ice-cream: ice cream cone, soft serve, ice cream
  spaghetti: pasta, noodle
  steaming-bowl: soup, noodle soup, ramen, broth
  strawberry
  stuffed-flatbread: doner, kebab, gyro
  sushi
  taco
  takeout-box: takeaway, takeaway box
  tamale
  tangerine: orange, mandarin, clementine, orange juice
  teacup-without-handle: green tea, matcha
  tomato: passata, tomato sauce
  tropical-drink: cocktail with umbrella, punch
  tumbler-glass: whisky, whiskey
  waffle
  watermelon
  wine-glass: wine, red wine, glass of wine
`;
