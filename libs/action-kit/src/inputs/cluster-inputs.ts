import { z } from 'zod';
import { flag, optionalText } from './fields.ts';

/** What every action takes: which cluster, how to reach it, and whether the pull request is told. */
export const clusterInputs = {
  'cluster-file': z.string().default('cluster.yaml'),
  environment: optionalText(),
  kubeconfig: optionalText(),
  context: optionalText(),
  comment: flag(true),
  'github-token': optionalText(),
};

export type ClusterInputs = z.output<z.ZodObject<typeof clusterInputs>>;

/** Never shown, not even in the message that refuses one. */
export const secretInputs: readonly string[] = ['kubeconfig', 'github-token'];
