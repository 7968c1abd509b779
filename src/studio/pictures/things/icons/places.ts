/** How each line is read is said in read-words.ts. */
export const places: string = `
  airplane = aeroplane, passenger plane, jet, airliner
  airplane-arrival
  airplane-departure
  ambulance
  articulated-lorry
  auto-rickshaw
  automobile: car, motor car, vehicle
  bank
  bicycle: bike, push bike
  bridge-at-night
  bullet-train
  bus
  bus-stop
  camping: campsite
  canoe: kayak, paddle boat
  castle
  church
  cityscape
  classical-building: museum
  convenience-store: shop
  delivery-truck: truck, lorry, van
  derelict-house
  factory
  ferry
  fire-engine
  helicopter
  high-speed-train
  hospital
  hotel
  house: home
  house-with-garden
  houses = neighbourhood, street
  hut: cabin, shed
  kick-scooter: scooter
  light-rail
  locomotive: steam train
  metro: underground
  minibus
  motor-boat
  motor-scooter
  motorcycle: motorbike
  motorway: road, highway, country road
  office-building
  oncoming-automobile: oncoming car, car from the front, bonnet
  passenger-ship
  pickup-truck
  police-car
  post-office
  postbox: pillar box
  racing-car
  railway-car
  railway-track: rail
  sailboat: sailing boat, boat
  school
  seat
  ship: cruise ship
  small-airplane: light aircraft, propeller plane
  speedboat
  sport-utility-vehicle: SUV
  stadium
  station
  taxi
  tent
  tractor
  train
  tram
  department-store
`;
