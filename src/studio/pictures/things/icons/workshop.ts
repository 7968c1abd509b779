/** How each line is read is said in read-words.ts. */
export const workshop: string = `
  abacus
  alembic: distillation
  anchor
  axe: hatchet
  balance-scale: scales, balance
  brick: building brick, brick wall
  broken-chain
  building-construction: construction site, crane
  carpentry-saw: saw, handsaw, hacksaw, wood saw
  compass: direction
  control-knobs: dial, knob
  crutch
  dna
  fuel-pump: petrol station, gas pump, petrol, filling station
  gear: cog, cogwheel, settings, mechanism, machine part
  hammer: mallet, claw hammer
  hammer-and-pick
  hammer-and-wrench: repair, maintenance, mending
  high-voltage: lightning, electricity, electric current, power, voltage, flash
  hook: fish hook, hanger hook
  knot: rope knot, knotted rope
  level-slider: slider
  magnet: horseshoe magnet
  mechanical-arm
  mechanical-leg
  microscope
  nut-and-bolt: bolt, nut, washer, hex bolt
  oil-drum: barrel, drum
  paintbrush: brush, artist brush, small brush
  pick: pickaxe
  plus
  petri-dish
  microbe: germ, bacterium, virus, yeast
  rescue-workers-helmet: hard hat, helmet, safety helmet
  rock: stone, boulder, pebble
  safety-vest: high-visibility vest, warning vest
  goggles: safety goggles, safety glasses, eye protection
  lab-coat
  satellite
  satellite-antenna
  scissors: pair of scissors, shears
  screwdriver: screw driver
  shield: protection
  stethoscope
  syringe: injection
  telescope
  test-tube: vial, experiment, chemistry
  atom-symbol: atom, physics
  wood = log, firewood, timber, lumber, block of wood
  wrench: spanner, adjustable spanner, adjustable wrench
  wheel = car wheel, spare wheel
  radio
  robot
  rocket: spaceship
  magnifying-glass-tilted-left: magnifying glass, magnifier, search, inspection, close look
  magnifying-glass-tilted-right
  adhesive-bandage: plaster, band-aid, sticking plaster, bandage
  drop-of-blood: blood
  x-ray
  bone
  construction: barrier
  ring-buoy: lifebuoy
  radioactive
  biohazard
`;
