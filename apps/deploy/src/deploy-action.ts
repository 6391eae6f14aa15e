import { clusterInputs, defineAction } from '@kafka-ha/action-kit';
import { explain } from '@kafka-ha/config';
import { openKube } from '@kafka-ha/kube';
import { deploy } from '@kafka-ha/operations';
import { explanationMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

/** Makes the cluster what its file says, and shows that it works. */
export const deployAction = defineAction({
  name: 'deploy',
  title: 'Deploy',
  inputs: z.object(clusterInputs),
  outputs: {},
  async run({ inputs, spec, kubeSource, actor, signal, show, report }) {
    report(explanationMarkdown(explain(spec), inputs.environment ?? inputs['cluster-file']));
    await show(deploy({ spec, kube: openKube(kubeSource()) }, { actor, signal }));
  },
});
