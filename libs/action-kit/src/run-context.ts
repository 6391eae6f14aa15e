import type { Problem } from '@kafka-ha/config';
import type { StepRecords } from '@kafka-ha/base';
import type { Annotations } from './annotations.ts';
import type { Cancellation } from './cancellation.ts';
import type { WorkflowRun } from './github/workflow-run.ts';
import type { ClusterInputs } from './inputs.ts';
import type { Secrets } from './secrets.ts';
import type { Block } from './summary/fit-blocks.ts';

/** What a run is done with. */
export type RunContext = {
  annotations: Annotations;
  cancellation: Cancellation;
  secrets: Secrets;
  workflow: WorkflowRun;
};

/** What is known of a run so far, whenever it has to be told. */
export type Progress = {
  inputs?: ClusterInputs;
  /** `namespace/name`, once the cluster file was read. */
  cluster?: string;
  steps: StepRecords;
  sections: Block[];
  problems: readonly Problem[];
};
