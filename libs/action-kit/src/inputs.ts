import type { ValueKind } from '@kafka-ha/config/values';
import { z } from 'zod';

/** An input may be left out: GitHub then hands over the default of action.yml or nothing, which is the same as empty. */
export const optionalText = () => z.string().optional();

/** An input of a kind that the command line takes as well; it may be left out. */
export const optionalValue = <T>({ parse, takes }: ValueKind<T>) =>
  z
    .string()
    .transform((written, context): T => {
      const value = parse(written);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: takes });
      return z.NEVER;
    })
    .optional();

/** `true` or `false`, as YAML's other ways to write them are strings to GitHub. */
export const flag = (whenEmpty: boolean) =>
  z
    .enum(['true', 'false'], 'true or false')
    .default(whenEmpty ? 'true' : 'false')
    .transform((written) => written === 'true');

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
