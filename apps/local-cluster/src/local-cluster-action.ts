import { exportVariable, saveState } from '@actions/core';
import { clusterFileInputs, defineAction, optionalText, optionalValue } from '@kafka-ha/action-kit';
import { wholeNumber } from '@kafka-ha/config/values';
import { localClusterFor, upLocalCluster } from '@kafka-ha/local-cluster';
import { z } from 'zod';

/** Where the name of the cluster is kept for the end of the job. */
export const startedName = 'started';

const { 'cluster-file': clusterFile, environment } = clusterFileInputs;

/** Starts a Kubernetes that fits the cluster file; the steps that follow reach it as a login step would have them. */
export const localClusterAction = defineAction({
  name: 'local-cluster',
  title: 'Kubernetes for',
  inputs: z.object({
    'cluster-file': clusterFile,
    environment,
    name: optionalText(),
    workers: optionalValue(wholeNumber({ least: 1, most: 20 })),
    provider: z.enum(['auto', 'kind', 'namespaces'], 'auto, kind or namespaces').default('auto'),
  }),
  outputs: { name: '', kubeconfig: '', nodes: '[]' },
  async run({ inputs, spec, signal, show, setOutput }) {
    const { provider, name = `run-${process.env['GITHUB_RUN_ID'] ?? 'here'}` } = inputs;
    const needed = localClusterFor(spec);
    // Before it is there: half of one is removed as well.
    saveState(startedName, name);
    const { kubeconfigPath, nodes } = await show(
      upLocalCluster({ ...needed, name, workers: inputs.workers ?? needed.workers, provider, signal }),
    );
    setOutput('name', name);
    setOutput('kubeconfig', kubeconfigPath);
    setOutput('nodes', JSON.stringify(nodes));
    exportVariable('KUBECONFIG', kubeconfigPath);
  },
});
