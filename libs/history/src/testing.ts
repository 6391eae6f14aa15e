export { plantings, type Planted } from './testing/plant.ts';
export { plantReplica, replicaPlantings, type BrokersLogs } from './testing/plant-replicas.ts';
export { simulate, type Settings, type Step } from './testing/simulate.ts';
export { singleRecords } from './testing/single-records.ts';
