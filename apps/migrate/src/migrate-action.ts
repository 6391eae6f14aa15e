import { readFile, writeFile } from 'node:fs/promises';
import { clusterInputs, defineAction, flag, optionalText, optionalValue } from '@kafka-ha/action-kit';
import type { Mode } from '@kafka-ha/config';
import { oneOf } from '@kafka-ha/config/values';
import { KafkaHaError } from '@kafka-ha/base';
import { openKube } from '@kafka-ha/kube';
import {
  backupFileOf,
  migrate,
  planMigration,
  readMigrationPlan,
  replaceClusterFile,
  withMode,
} from '@kafka-ha/operations';
import type { Direction } from '@kafka-ha/planning';
import { migrationPlanMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

const inputs = z.object({
  ...clusterInputs,
  to: optionalValue(oneOf(['dual-write', 'zookeeper', 'kraft'] as const)),
  backup: optionalText(),
  'only-plan': flag(false),
  'write-to': optionalText(),
  plan: optionalText(),
});

/** Takes a cluster from ZooKeeper to KRaft or back, and has the cluster file of the checkout say so. */
export const migrateAction = defineAction({
  name: 'migrate',
  title: 'Migrate',
  inputs,
  outputs: { mode: '' },
  async run({ inputs, spec, kubeSource, actor, signal, show, report, setOutput }) {
    const direction = directions[inputs.to ?? 'dual-write'];
    const reviewed = inputs.plan === undefined ? undefined : await readMigrationPlan(inputs.plan);
    const cluster = { spec, kube: openKube(kubeSource()), signal };
    if (inputs['only-plan']) {
      const plan = await planMigration(cluster, { direction });
      report(migrationPlanMarkdown(plan));
      const to = inputs['write-to'];
      if (to !== undefined) await writeFile(to, `${JSON.stringify(plan, null, 2)}\n`);
      return;
    }
    const { 'cluster-file': file, environment, backup = backupFileOf(spec) } = inputs;
    const text = await readFile(file, 'utf8');
    const { mode } = await show(
      migrate(cluster, { direction, backup, ...(reviewed && { reviewed }), actor }),
    );
    setOutput('mode', mode);
    const changed = withMode(text, { spec, mode }, { file, ...(environment && { environment }) });
    if ('problems' in changed)
      throw new KafkaHaError(
        'invalid-cluster-file',
        `The cluster is in mode ${mode}, and ${file} cannot say so by itself.`,
        {
          details: changed.problems,
          hint: `Write mode: ${mode} into it, and take out what has no meaning with that.`,
        },
      );
    await replaceClusterFile(file, text, changed.text);
  },
});

const directions = {
  'dual-write': 'forward',
  zookeeper: 'back',
  kraft: 'finalize',
} as const satisfies Partial<Record<Mode, Direction>>;
