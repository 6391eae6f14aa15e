import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getInput, setOutput } from '@actions/core';
import { abortedError, isKafkaHaError, KafkaHaError, messageOf, toKafkaHaError } from '@kafka-ha/base';
import {
  checkClusterFile,
  clusterFileNames,
  defaultClusterFile,
  parseClusterFile,
  type Problem,
  type Spec,
} from '@kafka-ha/config';
import { type Action, type InputSchema, runOutputs } from './action.ts';
import { type Annotations, openAnnotations } from './annotations.ts';
import { onCancellation } from './cancellation.ts';
import { answerOf, type GitHub } from './github/github-api.ts';
import { gitHubOf, readWorkflowRun } from './github/workflow-run.ts';
import { type ClusterInputs, secretInputs } from './inputs.ts';
import { formsOf } from './kubeconfig/credentials.ts';
import { findKubeconfig, type Kubeconfig, type KubeconfigSource } from './kubeconfig/find-kubeconfig.ts';
import { say } from './log/say.ts';
import { showSteps } from './log/show-steps.ts';
import type { Progress, RunContext } from './run-context.ts';
import { openSecrets } from './secrets.ts';
import type { RunEnd } from './summary/run-summary.ts';
import { tellEnd } from './tell-end.ts';
import { withExporter } from './with-exporter.ts';

/**
 * Runs an action as a process of its own: parses its inputs, masks what is secret before anything is printed, does its
 * work until that ends or the run is cancelled, and then tells of it in outputs, log, summary and pull request, however
 * it ended. Ends the process, since a connection that dangles would keep it alive.
 */
export async function runAction<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
): Promise<never> {
  const run: RunContext = {
    annotations: openAnnotations(),
    cancellation: onCancellation(process),
    secrets: openSecrets(),
    workflow: readWorkflowRun(process.env),
  };
  const progress: Progress = { steps: new Map(), sections: [], problems: [] };
  for (const [name, value] of Object.entries<string>({ ...runOutputs, ...action.outputs }))
    setOutput(name, value);

  const { signal, lastCall } = run.cancellation;
  const end = await endOf(Promise.race([work(action, run, progress), lastCall]), signal);

  await tellEnd(action, end, run, progress);
  process.exit(end.kind === 'done' ? 0 : 1);
}

async function work<Inputs extends ClusterInputs, Output extends string>(
  action: Action<Inputs, Output>,
  { annotations, cancellation, secrets, workflow }: RunContext,
  progress: Progress,
): Promise<void> {
  const written = readInputs(action.inputs);
  const kubeconfig = findKubeconfig(written, process.env);
  const token = written['github-token'];
  secrets.add([...(kubeconfig?.secrets ?? []), ...(token === undefined ? [] : [token])]);
  progress.inputs = written;
  const github = gitHubOf(workflow, token);
  const source = sourceOfText(written.commit, github);
  const inputs = { ...written, 'cluster-file': await clusterFileOf(written, source.readText) };
  progress.inputs = inputs;
  const load = async (environment: string | undefined) => {
    const { spec, environments } = await loadClusterFile(
      { ...inputs, environment },
      { annotations, onProblems: (problems) => (progress.problems = problems), ...source },
    );
    return { spec: await withExporter(spec, dirname(process.argv[1] ?? '')), environments };
  };
  const { spec, environments } = await load(inputs.environment);
  progress.cluster = `${spec.namespace}/${spec.name}`;
  await action.run({
    inputs,
    spec,
    environments,
    loadSpec: async (environment) => (await load(environment)).spec,
    kubeSource: () => ({
      ...sourceOf(kubeconfig),
      onWords: (text) => say(text.trimEnd()),
      onSecret: (secret) => secrets.add(formsOf(secret)),
    }),
    actor: { holder: workflow.holder },
    signal: cancellation.signal,
    show: (operation) =>
      showSteps(operation, { annotations, onRecords: (records) => (progress.steps = records) }),
    github,
    warn: annotations.warn,
    redact: secrets.redact,
    report: (...blocks) => progress.sections.push(...blocks),
    setOutput: (name, value) => setOutput(name, secrets.redact(value)),
  });
}

/** A commit's file is read as data: nothing of a pull request is checked out where a secret is. */
function sourceOfText(
  commit: string | undefined,
  github: GitHub | undefined,
): { readText?: (file: string) => Promise<string> } {
  if (commit === undefined) return {};
  if (github !== undefined) return { readText: (file) => readFileAt(github, file, commit) };
  throw new KafkaHaError('invalid-usage', 'input commit needs github-token, to read the file', {
    hint: 'Leave out the input github-token to use its default, or leave out the input commit to read the checkout.',
  });
}

/** The file that is meant: the same for all actions on a pull request, or each would have a comment of its own. */
async function clusterFileOf(
  { 'cluster-file': named }: Pick<ClusterInputs, 'cluster-file'>,
  readCommit: ((file: string) => Promise<string>) | undefined,
): Promise<string> {
  if (named !== '') return named;
  if (readCommit === undefined) return defaultClusterFile(existsSync);
  try {
    await readCommit(clusterFileNames[0]);
  } catch (error) {
    // GitHub does not tell what is missing from what may not be read; reading the other one will.
    if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
    return defaultClusterFile(() => false);
  }
  return clusterFileNames[0];
}

function sourceOf(kubeconfig: Kubeconfig | undefined): KubeconfigSource {
  if (kubeconfig !== undefined) return kubeconfig.source;
  throw new KafkaHaError('invalid-usage', 'input kubeconfig is empty, and KUBECONFIG is not set', {
    hint: 'Give the kubeconfig as a secret, or log in to the cluster in a step before. Pull requests from forks have no secrets.',
  });
}

async function endOf(working: Promise<void>, signal: AbortSignal): Promise<RunEnd> {
  try {
    await working;
    return { kind: 'done' };
  } catch (thrown) {
    if (!signal.aborted) return { kind: 'failed', error: toKafkaHaError(thrown) };
    return { kind: 'cancelled', error: isKafkaHaError(thrown) ? thrown : abortedError(signal) };
  }
}

/**
 * A file of the repository as it stands at a commit, also one of a pull request from a fork.
 *
 * @throws as `callGitHub`.
 */
async function readFileAt(github: GitHub, file: string, commit: string): Promise<string> {
  const path = `/contents/${file.split('/').map(encodeURIComponent).join('/')}?ref=${encodeURIComponent(commit)}`;
  return await answerOf(github, {
    method: 'GET',
    what: `GET ${path}`,
    url: `${github.apiUrl}/repos/${github.repository}${path}`,
    accept: 'application/vnd.github.raw+json',
  });
}

/**
 * The inputs of the action that runs, parsed.
 *
 * @throws KafkaHaError `invalid-usage` with every wrong input: its name, what it got and what it takes.
 */
function readInputs<Inputs>(schema: InputSchema<Inputs>): Inputs {
  const written = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = getInput(name);
      return value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `input ${name} got ${shown(name, written[name])}, takes ${message}`;
  });
  throw new KafkaHaError('invalid-usage', problems.join('; '), {
    hint: 'Correct the inputs under `with:` in the workflow.',
  });
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return secretInputs.includes(name) ? 'something' : JSON.stringify(value);
}

/** `environments` are the names of those that the file holds. */
type LoadedFile = { spec: Spec; environments: readonly string[] };

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
async function loadClusterFile(
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
