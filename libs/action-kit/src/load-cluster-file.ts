import { readFile } from 'node:fs/promises';
import { checkClusterFile, parseClusterFile, type Problem, type Spec } from '@kafka-ha/config';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Annotations } from './annotations.ts';
import type { ClusterInputs } from './inputs/cluster-inputs.ts';

/** `environments` are the names of those that the file holds. */
export type LoadedFile = { spec: Spec; environments: readonly string[] };

type Options = {
  annotations: Annotations;
  onProblems: (problems: readonly Problem[]) => void;
  /** Where the text comes from, if not from the checkout. */
  readText?: (file: string) => Promise<string>;
};

/**
 * Reads and proves the cluster file; what is wrong or doubtful is annotated on its line.
 *
 * @throws KafkaHaError `not-found` where there is no such file, and what `parseClusterFile` throws.
 */
export async function loadClusterFile(
  { 'cluster-file': file, environment }: Pick<ClusterInputs, 'cluster-file' | 'environment'>,
  { annotations, onProblems, readText = readCheckout }: Options,
): Promise<LoadedFile> {
  const text = await readText(file);
  const options = environment === undefined ? { file } : { file, environment };
  const checked = checkClusterFile(text, options);
  if (checked.kind === 'ok') {
    for (const warning of checked.warnings) annotations.problem('warning', warning);
    return checked;
  }
  for (const problem of checked.problems) annotations.problem('error', problem);
  onProblems(checked.problems);
  return { ...parseClusterFile(text, options), environments: [] };
}

async function readCheckout(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new KafkaHaError('not-found', `cannot read the cluster file ${file}: ${messageOf(cause)}`, {
      hint: 'Name it with the input cluster-file, and check the repository out in a step before.',
      cause,
    });
  }
}
