import { writeFile } from 'node:fs/promises';
import { clusterInputs, defineAction, optionalText } from '@kafka-ha/action-kit';
import { KafkaHaError } from '@kafka-ha/base';
import { openKube } from '@kafka-ha/kube';
import { makePlan } from '@kafka-ha/operations';
import { planMarkdown } from '@kafka-ha/report';
import { planOutcome } from '@kafka-ha/planning';
import { z } from 'zod';

/** Says what a deployment would change, restart and risk. */
export const planAction = defineAction({
  name: 'plan',
  title: 'Plan',
  inputs: z.object({
    ...clusterInputs,
    'write-to': optionalText(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/, 'a commit, 40 hexadecimal digits')
      .optional(),
  }),
  outputs: { outcome: '', restarts: '' },
  async run({ inputs, spec, kubeSource, signal, report, setOutput }) {
    const plan = await makePlan({ spec, kube: openKube(kubeSource()), signal });
    const outcome = planOutcome(plan);
    report(planMarkdown(plan));
    setOutput('outcome', outcome);
    setOutput('restarts', String(plan.restarts.length));
    const file = inputs['write-to'];
    if (file !== undefined) await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`);
    if (outcome !== 'refused') return;
    throw new KafkaHaError('conflict', 'A deployment of this file would be refused.', {
      details: plan.obstacles.filter(({ kind }) => kind === 'refused').map(({ why }) => why),
    });
  },
});
