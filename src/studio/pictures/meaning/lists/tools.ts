/** Verbs, and what they are done with. How a line is read is said in ../read-list.ts. */
export const tools: string = `
  sand, smooth = sandpaper
  paper: smooth = sheet-of-paper
  measure = tape-measure
  kitchen: measure = measuring-cup
  weigh = kitchen-scale
  cut, trim, snip, clip = scissors
  kitchen: cut, trim, slice, chop, dice, mince = kitchen-knife
  wood: cut, trim = carpentry-saw
  garden: prune, trim, snip, clip = pruning-shears
  slice, chop, carve, whittle = kitchen-knife
  wood: carve, whittle = craft-knife
  score = craft-knife
  saw = carpentry-saw
  drill, bore = drill
  hammer, nail = hammer
  screw, unscrew = screwdriver
  tighten, loosen = wrench
  garden: loosen = trowel
  glue, paste = glue-bottle
  tape = tape-roll
  staple = stapler
  draw, sketch, outline, underline, trace = pencil
  mark = pencil
  write, note, list = memo
  sign = writing-hand
  paint, varnish, prime, stain = paint-brush
  kitchen: brush, glaze = paint-brush
  body: brush = toothbrush
  brush, scrub = scrubbing-brush
  home: sweep = broom
  mop = mop
  vacuum, hoover = vacuum-cleaner
  wipe, dust, polish = cloth
  wash, rinse = tap
  soak = bucket
  dry = cloth
  whisk, beat, whip = whisk
  stir, mix, combine, blend = mixing-bowl
  science, party: stir = spoon
  knead = dough
  science: knead = slime
  bake, roast, preheat = oven
  fry, saute, brown = frying-pan
  boil, simmer = saucepan
  cook = saucepan
  grate = kitchen-knife
  peel = kitchen-knife
  spread = spatula
  strain, sieve, sift = sieve
  pour = measuring-cup
  sprinkle, season, salt = salt
  water = watering-can
  garden: spray, mist = spray-bottle
  spray, mist = spray-bottle
  dig = shovel
  rake = rake
  plant, sow = seedling
  prune = pruning-shears
  sew, stitch = needle-and-thread
  embroider = thread
  pierce = pushpin
  knit = knitting-needles
  crochet = yarn
  iron = iron
  cloth: press = iron
  dye = dye-bottles
  thread = needle-and-thread
  braid = ribbon
  tie, knot = knot
  inflate, pump = bike-pump
  home: pump = plunger
  plunge, unclog = plunger
  light, ignite, kindle = fire
  unplug = electric-plug
  photograph, shoot, film, record = camera
  phone, call = mobile-phone
  search, google = magnifying-glass-tilted-left
  inspect, examine = magnifying-glass-tilted-left
  read = open-book
  count, calculate = abacus
  computer, home: lock = locked
  unlock = key
  freeze, chill, refrigerate = ice
  melt = fire
  kitchen: melt = saucepan
  wait = hourglass-not-done
  party, paper: wrap = wrapping-paper
  cloth: wrap = thread
  kitchen: wrap = cling-film
  pack = package
  throw, toss = open-hands
  pinch, squeeze = pinching-hand
  celebrate = party-popper
  listen = ear
  taste = spoon
  home, wood: level = spirit-level
  jack = car-jack
  vote = check-box-with-check
  meditate = person-in-lotus-position
  swim = person-swimming
  juggle = person-juggling
  dance = mirror-ball
  sing = microphone
  whistle = musical-note
  sleep = person-in-bed
  oil, grease, lubricate = oil-can
  kitchen: oil, grease = oil-bottle
  butter = butter
  flour = flour-bag
  salt = salt
  - switch, clear, nose, park, lock up, order, drain, swirl, float, flow, gleam, glow, shine, burn, dim, count on, wonder
  - again, repeat, slide, lift, run, dress, pick, turn, fold, unfold, cover, add, set, feel, stick, fly, watch, fish, coat, stop, park, seal, rest
  - top, roll, wind, point, flip, handle, put, place, lay, move, hang, pull, push, cross, bring, open, close, take, let, leave, keep, hold
  - hit, test, check, find, choose, start, begin, stand, form, seat, bag, block, cap, mount, ring, swing, jump, bend, tip, tap, tuck
  - wear, grip, plug, load, square, label, swap, change, replace, remove, lower, raise, drop, drip, catch, cool, warm, heat, crack, peel off
  - fill, empty, dip, bind, loop, make, build, create, do, get, give, go, come, use, try, see, look, show, stretch, collapse, bow, land
  - gather, collect, share, save, spend, store, keep, cast, train, teach, learn, play, work, drive, ride, walk, sit, step, lean, tilt, fit, join
  - attach, assemble, arrange, sort, lever, park, signal, charge, connect, touch, clamp, brake, spin, wave, face, back, head, shoulder, hand
  - narrow, widen, curve, overlap, line, end, finish, punch, hollow
  - crush, mash, scoop, serve, discard, feed, dilute, strip, match, shape, balance, rub, dampen
`;
