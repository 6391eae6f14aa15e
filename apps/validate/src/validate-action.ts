import { clusterFileInputs, defineAction } from '@kafka-ha/action-kit';
import { explain } from '@kafka-ha/config';
import { explanationMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

/** Proves the cluster file, with the environment that is named or else by itself and with each that it has. */
export const validateAction = defineAction({
  name: 'validate',
  title: 'Validate',
  inputs: z.object(clusterFileInputs),
  outputs: {},
  async run({ inputs, spec, environments, loadSpec, report }) {
    report(explanationMarkdown(explain(spec), inputs.environment ?? 'the file by itself'));
    if (inputs.environment !== undefined) return;
    for (const environment of environments)
      report(explanationMarkdown(explain(await loadSpec(environment)), environment));
  },
});
