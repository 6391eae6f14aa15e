export { autosize, type Autosized, type AutosizeOptions } from './autosize/autosize.ts';
export { withMode } from './cluster-file/with-mode.ts';
export { replaceClusterFile } from './cluster-file/replace-cluster-file.ts';
export { deleteCluster, type Deleted, type DeleteOptions } from './delete/delete-cluster.ts';
export { fateOfVolumes, isDeleted, readDeletion, type Deletion } from './delete/read-deletion.ts';
export { deploy, type DeployOptions } from './deploy/deploy.ts';
export { elect } from './elect/elect.ts';
export { abortScale } from './scale/abort-scale.ts';
export { scale, scalePlan, type ScaleOptions } from './scale/scale.ts';
export { readScalePlan } from './scale/read-scale-plan.ts';
export { makePlan } from './plan/make-plan.ts';
export { readPlan } from './plan/read-plan.ts';
export { rebuild, type RebuildOptions } from './rebuild/rebuild.ts';
export { roll, type RollOptions } from './roll/roll.ts';
export type { RollData, RolledPod } from './roll/roll-component.ts';
export {
  prepareUpgrade,
  type ClusterFileText,
  type PreparedUpgrade,
  type UpgradeStep,
} from './upgrade/prepare-upgrade.ts';
export { settleTopics } from './deploy/settle-topics.ts';
export { readRunningMetadata } from './plan/read-running-metadata.ts';
export { readRunningVersions } from './plan/read-running-versions.ts';
export { rollComponent } from './roll/roll-component.ts';
export { applyBrokers } from './scale/apply-brokers.ts';
export { readLogFolders, shellIn } from './scale/logs-on-disk.ts';
export { backupFileOf } from './migrate/backup.ts';
export { migrate, type Migrated, type MigrateOptions } from './migrate/migrate.ts';
export { planMigration, readMigrationPlan } from './migrate/plan-migration.ts';
