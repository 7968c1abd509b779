/** What `continuo/testing` offers: for tests of workflows, of what calls models, and of backends. */
export { SimulatedClock } from './simulated-clock.ts';
export { PureRun } from './pure-run.ts';
export { engineConformance } from './conformance/engine.ts';
export { storageConformance } from './conformance/storage.ts';
export { fleetConformance } from './conformance/fleet.ts';
export type { FleetNode } from './conformance/fleet.ts';
export { exchangeConformance } from './conformance/exchange.ts';
export { nodesConformance } from './conformance/nodes.ts';
export type { Nodes } from './conformance/nodes.ts';
export type { ExchangeNode, ExchangeWorld } from './conformance/exchange.ts';
export type { World } from './conformance/world.ts';
export type { OpenBackend } from './conformance/rig.ts';
export { answer, Gate, ModelServer, status } from './model-server/index.ts';
export type { Answer, Received, Reply, Sent, Tokens } from './model-server/index.ts';
