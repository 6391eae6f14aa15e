import { readFile, writeFile } from 'node:fs/promises';
import { clusterInputs, defineAction, flag, optionalText } from '@kafka-ha/action-kit';
import { brokerEdits, editClusterFile, parseClusterFile, parseRate } from '@kafka-ha/config';
import { openKube } from '@kafka-ha/kube';
import {
  describeScalePlan,
  readScalePlan,
  replaceClusterFile,
  scale,
  scalePlan,
  type ScalePlan,
} from '@kafka-ha/operations';
import { escapeMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

const wholeNumber = (what: string) =>
  z
    .string()
    .regex(/^\d{1,2}$/, what)
    .optional();

const inputs = z.object({
  ...clusterInputs,
  brokers: wholeNumber('a number of brokers, such as 6'),
  tolerance: wholeNumber('a number of brokers that may be lost at once, such as 2'),
  throttle: z
    .string()
    .refine((text) => (parseRate(text) ?? 0) > 0, 'a rate such as 20MB/s')
    .optional(),
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
  async run({ inputs, kubeSource, actor, signal, show, report, setOutput }) {
    const { 'cluster-file': file, environment, throttle, tolerance } = inputs;
    const reviewed = inputs.plan === undefined ? undefined : await readScalePlan(inputs.plan);
    const edits = brokerEdits({ brokers: numberOf(inputs.brokers), tolerance: numberOf(tolerance) });
    const before = await readFile(file, 'utf8');
    const text = editClusterFile(before, edits, environment);
    const { spec } = parseClusterFile(text, { file, ...(environment && { environment }) });
    const cluster = { spec, kube: openKube(kubeSource()) };
    const options = {
      toleranceIsSaid: tolerance !== undefined,
      deleteRecords: inputs['delete-records'],
      ...(throttle !== undefined && { throttleBytesPerSecond: parseRate(throttle) ?? 0 }),
      signal,
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

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function markdownOf(plan: ScalePlan): string {
  const { headline, rows } = describeScalePlan(plan);
  const items = rows.map(([what, how]) => `- ${escapeMarkdown(what)}: ${escapeMarkdown(how)}`);
  return `**${escapeMarkdown(headline)}**\n\n${items.join('\n')}`;
}
