import { clusterInputs, defineAction, flag, optionalText } from '@kafka-ha/action-kit';
import { explain } from '@kafka-ha/config';
import { openKube } from '@kafka-ha/kube';
import { deploy, readPlan } from '@kafka-ha/operations';
import { explanationMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

/** Makes the cluster what its file says, and shows that it works. */
export const deployAction = defineAction({
  name: 'deploy',
  title: 'Deploy',
  inputs: z.object({ ...clusterInputs, plan: optionalText(), 'delete-records': flag(false) }),
  outputs: {},
  async run({ inputs, spec, kubeSource, actor, signal, show, report }) {
    report(explanationMarkdown(explain(spec), inputs.environment ?? inputs['cluster-file']));
    const reviewed = inputs.plan === undefined ? undefined : await readPlan(inputs.plan);
    const cluster = { spec, kube: openKube(kubeSource()), signal };
    const deleteRecords = inputs['delete-records'];
    await show(deploy(cluster, { ...(reviewed && { reviewed }), deleteRecords, actor }));
  },
});
