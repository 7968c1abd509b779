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
  - add, again, arrange, assemble, attach, back, bag, balance, begin, bend, bind, block, bow, brake, bring, build, burn, cap, cast
  - catch, change, charge, check, choose, clamp, clear, close, coat, collapse, collect, come, connect, cool, cover, crack, create
  - cross, crush, curve, dampen, dilute, dim, dip, discard, do, drain, dress, drip, drive, drop, empty, end, face, feed, feel, fill
  - find, finish, fish, fit, flip, float, flow, fly, fold, form, gather, get, give, gleam, glow, go, grip, hand, handle, hang, head
  - heat, hit, hold, hollow, join, jump, keep, label, land, lay, lean, learn, leave, let, lever, lift, line, load, look, loop, lower
  - make, mash, match, mount, move, narrow, nose, open, order, overlap, park, pick, place, play, plug, point, pull, punch, push, put
  - raise, remove, repeat, replace, rest, ride, ring, roll, rub, run, save, scoop, seal, seat, see, serve, set, shape, share, shine
  - shoulder, show, signal, sit, slide, sort, spend, spin, square, stand, start, step, stick, stop, store, stretch, strip, swap
  - swing, swirl, switch, take, tap, teach, test, tilt, tip, top, touch, train, try, tuck, turn, unfold, use, walk, warm, watch, wave
  - wear, widen, wind, wonder, work
`;
