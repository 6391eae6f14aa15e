import { proveCluster } from './proof/prove-cluster.ts';
import { clusterFileSchema, environmentsSchema } from './schema/cluster-file.ts';
import { schemaProblems } from './schema/schema-problems.ts';
import { sizeCluster } from './sizing/size-cluster.ts';
import { readSource, type ClusterSource } from './source/cluster-source.ts';
import { place, type Finding } from './source/finding.ts';
import { asMap, isMap, layersOf, type Layers } from './source/layers.ts';
import { nearest } from './source/nearest.ts';
import type { Problem, Warning } from './source/problem.ts';
import { specOf } from './spec-of.ts';
import type { Spec } from './spec.ts';

export type CheckOptions = {
  /** The file's name, for messages. */
  file: string;
  /** The environment to merge over the file; none where not given. */
  environment?: string;
};

export type CheckResult =
  /** `environments` are the names of those that the file holds. */
  | { kind: 'ok'; spec: Spec; warnings: Warning[]; environments: string[] }
  | { kind: 'refused'; code: RefusalCode; problems: [Problem, ...Problem[]] };

export type RefusalCode = 'invalid-cluster-file' | 'promise-broken';

/**
 * Reads a cluster file and proves that the cluster can keep its promise. Finds all problems at once, each with the
 * place where it was written: in the environment's override where the value comes from there.
 */
export function checkClusterFile(text: string, { file, environment }: CheckOptions): CheckResult {
  const source = readSource(text, file);
  if ('problems' in source) return refused('invalid-cluster-file', source.problems);
  const layers = layersOf(source, environment);
  const placed = (findings: readonly Finding[], where: Pick<Layers, 'locate'> = layers) =>
    inFileOrder(findings.map((finding) => place(finding, where, file)));

  if (!isMap(source.data)) return refused('invalid-cluster-file', placed([notAMapping(source.data)]));
  const outside = environmentProblems(source, environment);
  const inside = schemaProblems(clusterFileSchema, layers.data);
  const problems = unique([...placed(outside, layersOf(source, undefined)), ...placed(inside)]);
  if (problems.length > 0) return refused('invalid-cluster-file', problems);

  const unsized = specOf(clusterFileSchema.parse(layers.data));
  const broken = placed(proveCluster(unsized));
  const sized = sizeCluster(unsized);
  if (broken.length > 0) return refused('promise-broken', broken);
  if (sized.kind === 'too-small') return refused('invalid-cluster-file', placed(sized.findings));
  const environments = Object.keys(asMap(source.data.environments));
  return { kind: 'ok', spec: { ...unsized, sizing: sized.sizing }, warnings: [], environments };
}

function notAMapping(data: unknown): Finding {
  const found = data === null ? 'the file is empty' : 'the file is not a mapping';
  return { paths: [[]], message: `${found}; allowed: a mapping with at least a name, e.g. "name: events"` };
}

function environmentProblems(source: ClusterSource, environment: string | undefined): Finding[] {
  const { environments } = asMap(source.data);
  const problems =
    environments === undefined ? [] : schemaProblems(environmentsSchema, environments, ['environments']);
  if (environment === undefined || Object.hasOwn(asMap(environments), environment)) return problems;
  const known = Object.keys(asMap(environments));
  const meant = nearest(environment, known);
  const question = meant === undefined ? '' : ` did you mean "${meant}"?`;
  const message = `there is no environment "${environment}";${question} known: ${known.join(', ') || 'none'}`;
  return [...problems, { paths: [['environments']], part: 'key', message }];
}

function refused(code: RefusalCode, problems: readonly Problem[]): CheckResult {
  return { kind: 'refused', code, problems: problems as [Problem, ...Problem[]] };
}

function unique(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.line}:${problem.column}:${problem.message}`, problem]),
    ).values(),
  ];
}

function inFileOrder(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
