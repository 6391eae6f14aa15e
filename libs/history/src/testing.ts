export { plantings, type Planted } from './testing/plant.ts';
export { simulate, type Settings, type Step } from './testing/simulate.ts';
export { singleRecords } from './testing/single-records.ts';
