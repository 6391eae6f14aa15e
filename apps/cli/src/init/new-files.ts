import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { checkClusterFile, clusterFileNames, parseClusterFile } from '@kafka-ha/config';
import type { Answers } from './answers.ts';
import { clusterFileText } from './cluster-file-text.ts';
import { workflowFiles } from './workflow-files.ts';
import { type NewFile, refuseExisting } from './write-new-files.ts';

const [file, formerly] = clusterFileNames;

/**
 * What `init` writes, proven: the cluster file, for each of its environments, and the workflows.
 *
 * @throws KafkaHaError `promise-broken`, `invalid-cluster-file` with the arithmetic.
 */
export function newFiles(answers: Answers, withWorkflows: boolean): NewFile[] {
  const text = clusterFileText(answers);
  prove(text, undefined);
  for (const environment of answers.environments) prove(text, environment);
  const fitsRunner = answers.environments.includes('local');
  const workflows = withWorkflows ? workflowFiles({ actions: answers.actions, file, fitsRunner }) : [];
  return [{ path: file, text }, ...workflows];
}

/**
 * Refuses a folder that has any of the files, before a person is asked. Also one with a cluster file of the other name, which would no
 * longer be the one that is meant; what another tool has under that name is no such file.
 *
 * @throws KafkaHaError `conflict`
 */
export async function refuseFormer(folder: string, withWorkflows: boolean): Promise<void> {
  const workflows = withWorkflows ? workflowFiles({ actions: '', file, fitsRunner: true }) : [];
  const former = (await isClusterFile(join(folder, formerly))) ? [formerly] : [];
  await refuseExisting(folder, [file, ...former, ...workflows.map(({ path }) => path)]);
}

async function isClusterFile(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text !== undefined && checkClusterFile(text, { file: path }).kind === 'ok';
}

/** Throws where the file cannot keep its promise. */
function prove(text: string, environment: string | undefined): void {
  try {
    parseClusterFile(text, { file, ...(environment !== undefined && { environment }) });
  } catch (error) {
    if (!isKafkaHaError(error)) throw error;
    throw new KafkaHaError(error.code, error.message, {
      details: error.details,
      hint: 'Choose other brokers, another tolerance or another rate. Nothing was written.',
      cause: error,
    });
  }
}
