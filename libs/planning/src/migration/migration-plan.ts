import type { Mode } from '@kafka-ha/config';
import type { Direction, MigrationStep, Stage } from './stage.ts';
import type { MigrationRefusal } from './start-refusals.ts';

/** What a migration would do, for whoever decides on it. */
export type MigrationPlan = {
  cluster: { name: string; namespace: string; server: string };
  direction: Direction;
  from: Stage;
  /** The same in words. */
  stage: string;
  to: Mode;
  /** In order; `restarts` says how many pods restart, one at a time. */
  steps: { id: MigrationStep; title: string; restarts: number }[];
  estimateMs: number;
  /** Why it cannot begin now; none: it can. */
  refusals: MigrationRefusal[];
};
