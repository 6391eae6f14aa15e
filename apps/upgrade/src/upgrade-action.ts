import { readFile, writeFile } from 'node:fs/promises';
import { clusterInputs, defineAction, flag, optionalText, optionalValue } from '@kafka-ha/action-kit';
import { version } from '@kafka-ha/config/values';
import { KafkaHaError } from '@kafka-ha/base';
import { openKube } from '@kafka-ha/kube';
import {
  deploy,
  makePlan,
  prepareUpgrade,
  readPlan,
  replaceClusterFile,
  type UpgradeStep,
} from '@kafka-ha/operations';
import { planMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

const inputs = z.object({
  ...clusterInputs,
  kafka: optionalValue(version),
  finalize: flag(false),
  'only-plan': flag(false),
  'write-to': optionalText(),
  plan: optionalText(),
  'delete-records': flag(false),
});

/** Makes one step of an upgrade: writes it into the cluster file of the checkout, and rolls the cluster to it. */
export const upgradeAction = defineAction({
  name: 'upgrade',
  title: 'Upgrade',
  inputs,
  outputs: { kafka: '', 'inter-broker-protocol': '', metadata: '' },
  async run({ inputs, spec, kubeSource, actor, signal, show, report, setOutput }) {
    const step = stepOf(inputs);
    const reviewed = inputs.plan === undefined ? undefined : await readPlan(inputs.plan);
    const cluster = { spec, kube: openKube(kubeSource()), signal };
    const { 'cluster-file': file, environment } = inputs;
    const written = { file, text: await readFile(file, 'utf8'), ...(environment && { environment }) };
    const upgraded = await prepareUpgrade(cluster, step, written);
    const target = { ...cluster, spec: upgraded.spec };
    if (inputs['only-plan']) {
      const plan = await makePlan(target);
      report(planMarkdown(plan));
      const to = inputs['write-to'];
      if (to !== undefined) await writeFile(to, `${JSON.stringify(plan, null, 2)}\n`);
      return;
    }
    await replaceClusterFile(file, written.text, upgraded.text);
    const { versions, mode } = upgraded.spec;
    setOutput('kafka', versions.kafka);
    if (mode === 'kraft') setOutput('metadata', versions.metadata);
    else setOutput('inter-broker-protocol', versions.interBrokerProtocol);
    const deleteRecords = inputs['delete-records'];
    await show(deploy(target, { ...(reviewed && { reviewed }), deleteRecords, actor }));
  },
});

function stepOf({ kafka, finalize }: z.output<typeof inputs>): UpgradeStep {
  if (kafka !== undefined && !finalize) return { kafka };
  if (kafka === undefined && finalize) return 'finalize';
  throw new KafkaHaError(
    'invalid-usage',
    kafka === undefined
      ? `input kafka got nothing, takes ${version.takes}, unless finalize is true`
      : `input kafka got ${kafka}, takes nothing if finalize is true`,
    { hint: 'Upgrade the binaries first, and the protocol or the metadata in a later run.' },
  );
}
