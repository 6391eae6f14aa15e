import type { Spec } from '@kafka-ha/config';
import type { StepEvent } from '@kafka-ha/base';
import type { z } from 'zod';
import type { GitHub } from './github/github-api.ts';
import type { ClusterInputs } from './inputs.ts';
import type { KubeconfigSource } from './kubeconfig/find-kubeconfig.ts';
import type { Block } from './summary/fit-blocks.ts';

/** What makes an action: its inputs, its outputs, and what it does. The rest is the same for all, see `runAction`. */
export type Action<Inputs extends ClusterInputs, Output extends string> = {
  /** One word, as the folder is called: the name of its part of the pull request's comment. */
  name: string;
  /** As a heading, e.g. "Deploy". */
  title: string;
  inputs: InputSchema<Inputs>;
  /** Its outputs, each with its value where the run does not get to setting it. */
  outputs: Readonly<Record<Output, string>>;
  run(run: ActionRun<Inputs, Output>): Promise<void>;
};

/** One key for each input. */
export type InputSchema<Inputs> = z.ZodType<Inputs> & { shape: Readonly<Record<string, unknown>> };

export type ActionRun<Inputs, Output extends string> = {
  inputs: Inputs;
  /** The cluster file, parsed and proven. */
  spec: Spec;
  /** The environments that the file holds. */
  environments: readonly string[];
  /** The cluster file with another environment. */
  loadSpec: (environment: string) => Promise<Spec>;
  /** Throws `invalid-usage` where no kubeconfig was given. */
  kubeSource: () => KubeconfigSource;
  /** Who holds the cluster's lock while this runs. */
  actor: { holder: string };
  signal: AbortSignal;
  /** Runs an operation while showing its steps, which also go into the summary. */
  show: <T>(operation: AsyncGenerator<StepEvent<unknown>, T>) => Promise<T>;
  /** Adds to the summary and the comment. */
  report: (...blocks: readonly Block[]) => void;
  /** The repository that the workflow belongs to; undefined without a token, or outside GitHub. */
  github: GitHub | undefined;
  /** Something that did not work and is not what the action is for. */
  warn: (message: string) => void;
  /** Masks credentials in what is sent anywhere. */
  redact: (text: string) => string;
  setOutput: (name: Output, value: string) => void;
};

/** An action, with the types of its inputs and outputs inferred. */
export function defineAction<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
): Action<Inputs, Output> {
  return action;
}

/** The outputs that every action has, as they are where it failed before it could say more. */
export const runOutputs = { result: 'failed', cluster: '', 'stopped-at': '', error: '' };
