import { checkSettings } from './check-settings.ts';
import { proveCluster } from './proof/prove-cluster.ts';
import { clusterFileSchema } from './schema/cluster-file.ts';
import { environmentFindings } from './schema/environment-findings.ts';
import { readablePart } from './schema/readable-part.ts';
import { schemaFindings } from './schema/schema-findings.ts';
import { manyReplicas } from './sizing/many-replicas.ts';
import { sizeCluster } from './sizing/size-cluster.ts';
import { readSource } from './source/cluster-source.ts';
import { place, type Finding } from './source/finding.ts';
import { asMap, isMap, layersOf, type Layers } from './source/layers.ts';
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
  | { kind: 'refused'; code: RefusalCode; problems: Problem[] };

/** `promise-broken`: the first problem is the proof's. */
export type RefusalCode = 'invalid-cluster-file' | 'promise-broken';

/**
 * Reads a cluster file and proves that the cluster can keep its promise. Finds all problems at once, each with the
 * place where it was written: in the environment's override where the value comes from there. The proof and the sizing
 * are tried once all that they depend on can be read.
 */
export function checkClusterFile(text: string, { file, environment }: CheckOptions): CheckResult {
  const source = readSource(text, file);
  if ('problems' in source)
    return { kind: 'refused', code: 'invalid-cluster-file', problems: source.problems };
  const whole = layersOf(source, undefined);
  const layers = layersOf(source, environment);
  const placed = (findings: readonly Finding[], within: Layers = layers) =>
    inFileOrder(findings.map((finding) => place(finding, within, file)));
  if (!isMap(source.data))
    return { kind: 'refused', code: 'invalid-cluster-file', problems: placed([notAMapping(source.data)]) };

  const shape = schemaFindings(clusterFileSchema, layers.data);
  const unsized = specOf(readablePart(layers.data, shape));
  const settings = checkSettings(unsized);
  const canJudge = shape.every(({ paths: [path] }) => standsApart(path[0]));
  const broken = canJudge ? proveCluster(unsized) : [];
  const sized = sizeCluster({ ...unsized, brokers: Math.max(unsized.brokers, unsized.replication.factor) });
  const tooSmall = canJudge && sized.kind === 'too-small' ? sized.findings : [];

  const environments = placed(environmentFindings(source.data.environments, environment), whole);
  const others = [...placed([...shape, ...settings.problems, ...tooSmall]), ...environments];
  const problems = [...placed(broken), ...inFileOrder(others)];
  if (problems.length > 0 || sized.kind === 'too-small')
    return { kind: 'refused', code: broken.length > 0 ? 'promise-broken' : 'invalid-cluster-file', problems };
  const spec = { ...unsized, sizing: sized.sizing };
  return {
    kind: 'ok',
    spec,
    warnings: placed([...settings.warnings, ...manyReplicas(spec)]),
    environments: Object.keys(asMap(source.data.environments)),
  };
}

function notAMapping(data: unknown): Finding {
  const found = data === null ? 'the file is empty' : 'the file is not a mapping';
  return { paths: [[]], message: `${found}; allowed: a mapping with at least a name, e.g. "name: events"` };
}

/** Whether the proof and the sizing can do without this part of the file. An unknown key may be any of the others. */
function standsApart(key: string | number | undefined): boolean {
  return [
    'name',
    'namespace',
    'pods',
    'versions',
    'images',
    'kafkaConfig',
    'objectives',
    'otherTopics',
  ].includes(String(key));
}

function inFileOrder(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
