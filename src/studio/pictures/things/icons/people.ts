/** How each line is read is said in read-words.ts. */
export const people: string = `
  artist: painter
  astronaut
  baby
  boy
  girl: daughter
  child: kid
  man
  woman
  old-man: grandfather
  old-woman: grandmother
  person: somebody, adult
  person-beard
  construction-worker: builder
  cook: chef
  detective
  factory-worker: welder
  farmer: gardener, grower
  firefighter
  guard
  health-worker: doctor, nurse
  judge
  mechanic: repairer, plumber, technician
  mx-claus
  ninja
  office-worker
  person-biking: cyclist, cycling, biking
  person-bouncing-ball
  person-bowing
  person-cartwheeling
  person-climbing: climber
  person-facepalming
  person-fencing
  person-fairy: fairy
  person-gesturing-no
  person-gesturing-ok
  person-getting-haircut: haircut, hairdresser
  person-getting-massage: massage
  person-golfing: golfer
  person-in-bed: sleeping person
  person-in-lotus-position: meditation, yoga
  person-juggling: juggler, juggling
  person-kneeling
  person-lifting-weights: weightlifter, workout
  person-mage: wizard, magician
  person-mountain-biking
  person-raising-hand
  person-rowing-boat: rower
  person-running: runner, running, jogging
  person-shrugging
  person-standing
  person-superhero: superhero
  person-surfing: surfer
  person-swimming: swimmer, swimming
  person-taking-bath
  person-tipping-hand
  person-walking: walker, walking
  pilot
  police-officer
  princess
  prince
  scientist: chemist, researcher
  singer
  student: pupil
  teacher
  technologist: programmer
  footprints: step, footprint
  skier
  snowboarder
  backhand-index-pointing-down
  backhand-index-pointing-right: pointing hand
  backhand-index-pointing-up
  call-me-hand
  clapping-hands: applause
  crossed-fingers
  flexed-biceps: muscle, strength, arm, force
  folded-hands: thanks
  hand-with-fingers-splayed: open hand, fingers, palm
  handshake: agreement, deal, shaking hands
  heart-hands
  index-pointing-up: finger, fingertip, pointing finger, one finger
  left-facing-fist
  love-you-gesture
  ok-hand
  oncoming-fist: fist
  open-hands: hands
  palm-down-hand: pressing hand, flat hand, pressing down
  palm-up-hand: holding hand
  palms-up-together: cupped hands, both hands, two hands
  pinched-fingers: pinched finger
  pinching-hand: pinch, pinching, small amount, thumb and finger, squeeze
  raised-back-of-hand
  raised-fist
  raised-hand: hand, stop hand
  raising-hands: celebration, hooray
  right-facing-fist
  thumbs-down
  thumbs-up: thumb, success, well done, like
  victory-hand
  waving-hand: wave goodbye, hello, greeting
  writing-hand: handwriting, hand with a pen, drawing hand, signature
  selfie
  ear
  eye: sight
  eyes: look, looking
  foot
  leg
  mouth: lips
  nose: smell
  tooth
  tongue: taste
  brain: mind, memory, thinking
  anatomical-heart
  lungs = lung
`;
