/** What `continuo/testing` offers: for tests of workflows, and of backends. */
export { SimulatedClock } from './simulated-clock.ts';
export { PureRun } from './pure-run.ts';
export { engineConformance } from './conformance/engine.ts';
export { storageConformance } from './conformance/storage.ts';
export type { OpenBackend } from './conformance/rig.ts';
