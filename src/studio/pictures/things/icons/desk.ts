/** How each line is read is said in read-words.ts. */
export const desk: string = `
  artist-palette: palette, paint palette, watercolour, painting, paint box
  bar-chart: chart, graph, statistics
  blue-book
  bookmark: ribbon marker
  bookmark-tabs: sticky note
  books = book, stack of books, library
  briefcase
  calendar: date, day
  tear-off-calendar: deadline
  spiral-calendar: month, schedule, planner
  camera: photo camera
  camera-with-flash: taking a photo, photograph, photo, snapshot
  card-index
  card-index-dividers
  chart-decreasing
  chart-increasing: growth, progress
  clapper-board: film, movie, scene
  clipboard: checklist, list, packing list, to-do list
  closed-book = closed book, red book
  closed-mailbox-with-raised-flag: mailbox, letterbox
  open-mailbox-with-raised-flag
  computer-mouse
  crayon: wax crayon, coloured pencil
  e-mail: email
  envelope: letter, envelop, mail
  envelope-with-arrow
  incoming-envelope
  love-letter
  red-envelope
  file-cabinet
  file-folder: folder, document folder
  film-frames: film strip
  film-projector: projector
  floppy-disk: save
  fountain-pen: calligraphy, ink pen
  graduation-cap
  green-book
  identification-card: identity card, badge, passport
  inbox-tray
  outbox-tray
  keyboard
  label: price tag, tag, luggage tag, care label
  ledger
  linked-paperclips = paper clip, binder clip
  loudspeaker
  megaphone
  memo: note, writing, form, notes, worksheet
  microphone: mic
  mobile-phone: smartphone, phone, cell phone, mobile, phone screen
  mobile-phone-with-arrow
  movie-camera
  name-badge
  newspaper: press, old newspaper
  rolled-up-newspaper
  notebook: exercise book, jotter, journal
  notebook-with-decorative-cover: diary, booklet, handmade notebook
  open-book: reading, cookbook, instruction booklet, manual, recipe book, recipe
  open-file-folder
  optical-disk: CD, DVD, disc
  orange-book
  package: parcel, cardboard box, moving box, carton
  page-facing-up: document, page, print-out, resume, application, job advert
  page-with-curl: contract, certificate
  paperclip: paper clip, clip
  pen: ballpoint, biro, ballpoint pen
  pencil: lead pencil
  printer
  pushpin: thumbtack, push pin, drawing pin, tack
  round-pushpin: map pin, location
  puzzle-piece: puzzle, jigsaw
  scroll: parchment
  spiral-notepad: notepad, writing pad
  straight-ruler: ruler, wooden ruler
  triangular-ruler: set square, geometry, angle
  ticket
  admission-tickets
  video-camera: camcorder, recording
  videocassette
  world-map: map
  black-nib: nib
`;
