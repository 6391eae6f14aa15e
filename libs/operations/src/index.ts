export { ordinals, openKafka, type Cluster } from './connect.ts';
export { deploy, type DeployOptions } from './deploy/deploy.ts';
export { readState } from './state/read-state.ts';
export type { Actor } from './with-lease.ts';
