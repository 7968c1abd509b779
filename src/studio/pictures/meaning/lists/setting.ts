/** Where things happen, who is there, and words that make no picture. How a line is read is said in ../read-list.ts. */
export const setting: string = `
  - table, desk, worktop, counter, tabletop
  ~ seat = chair
  - floor, ground, wall, ceiling, skirting board, step, cube
  ~ window, windowsill, window sill = window
  garden: windowsill = window
  ~ room, house, home = house
  ~ bathroom = bathtub
  ~ kitchen = cooked-dish
  ~ bedroom = bed
  ~ living room = sofa
  ~ garden, garden corner, yard = house-with-garden
  ~ garage = automobile
  ~ street, road, roadside = motorway
  country road, motorway, highway = motorway
  ~ sky = cloud
  ~ sun, sunlight = sun
  ~ water = droplet
  kitchen, science, garden, home: water = droplet
  drinking water = water-canister
  ~ air = dashing-away
  ~ hand, two hands, both hands, cupped hand, holding hand = open-hands
  ~ finger, fingertip = index-pointing-up
  ~ thumb = thumbs-up
  ~ wrist, arm, elbow, forearm = flexed-biceps
  ~ foot = foot
  ~ leg = leg
  - head, neck, shoulder, person standing
  ~ eye = eye
  ~ ear = ear
  ~ person, somebody, someone, adult, grown-up, viewer, beginner, nobody, everyone, everybody, anyone = person
  ~ man, guy = man
  ~ woman, lady = woman
  ~ child, kid = child
  ~ friend, family, group, two people, people standing = person
  ~ doctor, expert = construction-worker
  professional, electrician, craftsman, handyman = construction-worker
  driver = automobile
  ~ shop, store = convenience-store
  ~ tool = hammer-and-wrench
  tools, fitting tool, hand tool = toolbox
  ~ fridge, freezer, refrigerator = snowflake
  - part
  worn part, spare part, new part = gear
  ~ heat = fire
  ~ steam = hot-springs
  ~ drop = droplet
  kitchen, science, home: drop = droplet
  ~ edge, corner, crease = folded-sheet
  ~ hour, minute, time = timer-clock
  ~ day, date, weekday, week, month, year, schedule = calendar
  ~ night, overnight, bedtime, evening = crescent-moon
  ~ morning = sunrise
  ~ cold = snowflake
  ~ note = memo
  ~ list = checklist
  ~ name, label = label
  ~ music, song = musical-notes
  ~ voice, sound, noise = speaker-high-volume
  ~ smell = nose
  ~ taste = tongue
  ~ colour = artist-palette
  ~ power = high-voltage
  ~ force, strength = flexed-biceps
  ~ love, heart = red-heart
  ~ idea, trick = light-bulb
  ~ mistake = cross-mark
  ~ goal, target = bullseye
  ~ world, planet = globe-showing-europe-africa
  ~ place, spot = round-pushpin
  ~ container = cardboard-box
  ~ bag = shopping-bags
  ~ packet, powder = flour-bag
  ~ lid, cap = jar-with-lid
  ~ level = spirit-level
  wood, home: level = spirit-level
  cold water, lukewarm water, warm water, hot water = droplet
  ~ coat = coat
  - level ground, level roadside, level table, level spot, eye level, water level, top level, level between, high level
  - light pressure, light tap, light stroke, light touch, light fire, light mist, daylight, morning light, window light, light wood
  - short burst, big w, large w, number four, house roof, cake slice, bunny ear, thick cream, air pocket, room temperature, wheels near
  - neck of bottle, short leg, long leg, hole punch, wide end, kite shaped, turning over
  - half a turn, half turn, quarter turn, turn signal, double check, point of view, heel to tip, nose to nose, nose
  - matching colour, diamond shape, kite shape, star pattern, spring cleaning, hand length, finger length, arm length
  - measure, metre, save, change, cool, clean, done, finished, like, look, track, shine, search, progress, growth, impact, magic, press
  - amount, happy, sad, sleep, blow, finish, reading, success, hot, correct, error, wrong, repeat, again, thought, talk, attention
  - sight, silence, quiet, surface, arrow, letter paper, degree, lift, fly, watch, rim, slide, running, direction, compass direction
  - tail, hole, end, loop, row, side, piece, half, pair, kind, way, work, life, cut, set, use, thing, layer, shape, strip, top, material, fold, can, throw, stem
  - number, minus, plus, food, roof
  - home: hair, disc
`;
