export { autosize, type Autosized, type AutosizeOptions } from './autosize/autosize.ts';
export { bench, type BenchOptions } from './bench/bench.ts';
export type { BenchResult, Latency, MemoryPeaks, PodUsage } from './bench/bench-result.ts';
export { replaceClusterFile } from './cluster-file/replace-cluster-file.ts';
export { ordinals, openKafka, type Cluster } from './connect.ts';
export { deploy, type DeployOptions } from './deploy/deploy.ts';
export { drill } from './drill/drill.ts';
export type { DrillOptions, PlannedDrill } from './drill/drill-options.ts';
export { faultNames, type FaultName } from './drill/faults/fault.ts';
export { faults } from './drill/faults/faults.ts';
export { appendToLedger, readLedger, refuseUnusableLedger } from './drill/ledger-file.ts';
export { commonFaults, planDrills, possibleFaults } from './drill/plan-drills.ts';
export type { DrillOutcome } from './drill/result/compose-result.ts';
export { defaultLoad, type Load } from './drill/workload/workload-objects.ts';
export { abortScale } from './scale/abort-scale.ts';
export { scale, scalePlan, type ScaleOptions } from './scale/scale.ts';
export { describeScalePlan, type ScalePlanText } from './scale/describe-scale-plan.ts';
export { readScalePlan } from './scale/read-scale-plan.ts';
export type { ScalePlan } from './scale/scale-plan.ts';
export { makePlan } from './plan/make-plan.ts';
export { readPlan } from './plan/read-plan.ts';
export { roll, type RollOptions } from './roll/roll.ts';
export type { RolledPod } from './roll/roll-component.ts';
export { readState } from './state/read-state.ts';
export {
  prepareUpgrade,
  type ClusterFile,
  type PreparedUpgrade,
  type UpgradeStep,
} from './upgrade/prepare-upgrade.ts';
export type { Actor } from './with-lease.ts';
