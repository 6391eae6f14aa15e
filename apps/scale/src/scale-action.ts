import { readFile, writeFile } from 'node:fs/promises';
import { clusterInputs, defineAction, flag, optionalText, optionalValue } from '@kafka-ha/action-kit';
import { brokerEdits, editClusterFile, parseChangedFile } from '@kafka-ha/config';
import { brokerCount, rate, toleranceCount } from '@kafka-ha/config/values';
import { openKube } from '@kafka-ha/kube';
import { describeScalePlan, escapeMarkdown } from '@kafka-ha/report';
import { readScalePlan, replaceClusterFile, scale, scalePlan } from '@kafka-ha/operations';
import { type ScalePlan } from '@kafka-ha/planning';
import { z } from 'zod';

const inputs = z.object({
  ...clusterInputs,
  brokers: optionalValue(brokerCount),
  tolerance: optionalValue(toleranceCount),
  throttle: optionalValue(rate),
  'only-plan': flag(false),
  'write-to': optionalText(),
  plan: optionalText(),
  'delete-records': flag(false),
});

/** Makes the cluster larger or smaller, and has the cluster file of the checkout say the same. */
export const scaleAction = defineAction({
  name: 'scale',
  title: 'Scale',
  inputs,
  outputs: { brokers: '' },
  async run({ inputs, spec: former, kubeSource, actor, signal, show, report, setOutput }) {
    const { 'cluster-file': file, environment, brokers, tolerance } = inputs;
    const throttleBytesPerSecond = inputs.throttle;
    const reviewed = inputs.plan === undefined ? undefined : await readScalePlan(inputs.plan);
    const edits = brokerEdits({ brokers, tolerance });
    const before = await readFile(file, 'utf8');
    const text = editClusterFile(before, edits, environment);
    const { spec } = parseChangedFile(text, { file, ...(environment && { environment }) }, former);
    const cluster = { spec, kube: openKube(kubeSource()), signal };
    const options = {
      toleranceIsSaid: tolerance !== undefined,
      deleteRecords: inputs['delete-records'],
      ...(throttleBytesPerSecond !== undefined && { throttleBytesPerSecond }),
    };
    if (inputs['only-plan']) {
      const plan = await show(scalePlan(cluster, options));
      report(markdownOf(plan));
      const to = inputs['write-to'];
      if (to !== undefined) await writeFile(to, `${JSON.stringify(plan, null, 2)}\n`);
      return;
    }
    await show(scale(cluster, { ...options, ...(reviewed && { reviewed }), actor }));
    await replaceClusterFile(file, before, text);
    setOutput('brokers', String(spec.brokers));
  },
});

function markdownOf(plan: ScalePlan): string {
  const { headline, rows } = describeScalePlan(plan);
  const items = rows.map(([what, how]) => `- ${escapeMarkdown(what)}: ${escapeMarkdown(how)}`);
  return `**${escapeMarkdown(headline)}**\n\n${items.join('\n')}`;
}
