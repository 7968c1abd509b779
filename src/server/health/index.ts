export { fleetView } from './fleet-view.ts';
export { openHealth, type HealthOptions, type HealthServer } from './health-server.ts';
export type { AgentRow, FleetView, NodeRow, Status, Watched } from './watched.ts';
