import { z } from 'zod';
import { flag, optionalText } from './fields.ts';

/** What every action takes: which cluster file, and whether the pull request is told. */
export const clusterFileInputs = {
  /** Empty for the default one, which only the checkout, or the commit, can tell. */
  'cluster-file': z.string().default(''),
  environment: optionalText(),
  comment: flag(true),
  'github-token': optionalText(),
};

/** What an action takes as well that goes to the cluster. */
export const clusterInputs = { ...clusterFileInputs, kubeconfig: optionalText(), context: optionalText() };

export type ClusterInputs = {
  'cluster-file': string;
  environment?: string | undefined;
  comment?: boolean | undefined;
  'github-token'?: string | undefined;
  kubeconfig?: string | undefined;
  context?: string | undefined;
  /** Whose cluster file it is; that of the checkout where it is not given. */
  commit?: string | undefined;
};

/** Never shown, not even in the message that refuses one. */
export const secretInputs: readonly string[] = ['kubeconfig', 'github-token'];
