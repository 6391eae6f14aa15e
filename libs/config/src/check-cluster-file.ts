import { z } from 'zod';
import { checkMode } from './mode/check-mode.ts';
import { checkSettings } from './check-settings.ts';
import { proveCluster } from './proof/prove-cluster.ts';
import { type ClusterFile, clusterFileSchema, environmentsSchema } from './schema/cluster-file.ts';
import { manyReplicas } from './sizing/many-replicas.ts';
import { sizeCluster } from './sizing/size-cluster.ts';
import { withWishedVolume } from './sizing/size-disk.ts';
import { readSource } from './source/cluster-source.ts';
import { type Finding, place } from './source/finding.ts';
import { asMap, isMap, type Layers, layersOf } from './source/layers.ts';
import { formatPath, type Path, type Problem, type Warning } from './source/problem.ts';
import { specOf } from './spec-of.ts';
import type { Spec } from './spec.ts';
import { nearest } from './source/nearest.ts';

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
  const unsized = withWishedVolume(specOf(readablePart(layers.data, shape)));
  const settings = checkSettings(unsized);
  const misplaced = shape.some(({ paths: [path] }) => path[0] === 'mode')
    ? []
    : checkMode(layers.data, unsized.mode);
  const canJudge = shape.every(({ paths: [path] }) => standsApart(path[0]));
  const broken = canJudge ? proveCluster(unsized) : [];
  const sized = sizeCluster({ ...unsized, brokers: Math.max(unsized.brokers, unsized.replication.factor) });
  const tooSmall = canJudge && sized.kind === 'too-small' ? sized.findings : [];

  const environments = placed(environmentFindings(source.data.environments, environment), whole);
  const others = [...placed([...shape, ...misplaced, ...settings.problems, ...tooSmall]), ...environments];
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

type Data = Readonly<Record<string, unknown>>;

/**
 * The file as far as it can be read, with defaults where it cannot: so that one wrong value does not hide the problems
 * of all the others.
 */
function readablePart(data: Data, unreadable: readonly Finding[]): ClusterFile {
  const rest = unreadable.reduce((left, { paths: [path] }) => without(left, path), data);
  return clusterFileSchema.parse({ name: 'unnamed', ...rest });
}

/** The data without the value at a path; a list goes as a whole, since without one item the others would move. */
function without(data: Data, [key, ...rest]: Path): Data {
  if (key === undefined || !Object.hasOwn(data, key)) return data;
  const value = data[key];
  const others = Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return rest.length > 0 && isMap ? { ...others, [key]: without(value as Data, rest) } : others;
}

/**
 * What is wrong in the environments, chosen or not: a typing error in one should not wait until it is deployed. What is
 * inside the chosen one is left to the check of the merged file.
 */
function environmentFindings(environments: unknown, chosen: string | undefined): Finding[] {
  const known = isMap(environments) ? Object.keys(environments) : [];
  const findings =
    environments === undefined ? [] : schemaFindings(environmentsSchema, environments, ['environments']);
  const others = findings.filter(({ paths: [path] }) => path.length <= 2 || path[1] !== chosen);
  if (chosen === undefined || known.includes(chosen)) return others;
  const meant = nearest(chosen, known);
  const question = meant === undefined ? '' : ` did you mean "${meant}"?`;
  const message = `there is no environment "${chosen}";${question} known: ${known.join(', ') || 'none'}`;
  return [...others, { paths: [['environments']], part: 'key', message }];
}

/** What zod found, as sentences: what was found, what is allowed, what was probably meant. */
function schemaFindings(schema: z.ZodType, data: unknown, root: Path = []): Finding[] {
  const result = schema.safeParse(data);
  if (result.success) return [];
  const findings = result.error.issues.flatMap((issue) => findingsOf(issue, schema, data, root));
  const byIdentity = findings.map(
    (finding) => [`${formatPath(finding.paths[0])} ${finding.message}`, finding] as const,
  );
  return [...new Map(byIdentity).values()];
}

function findingsOf(issue: z.core.$ZodIssue, schema: z.ZodType, data: unknown, root: Path): Finding[] {
  const within = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...root, ...within];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, within);
    return issue.keys.map((key) => ({
      paths: [[...path, key]],
      part: 'key',
      message: unknownKey(key, path, known),
    }));
  }
  if (issue.code === 'custom') return [{ paths: [path], part: 'value', message: issue.message }];
  if (issue.code === 'invalid_key') {
    const [cause] = issue.issues;
    return [
      {
        paths: [path],
        part: 'key',
        message:
          cause?.code === 'custom'
            ? `"${String(within.at(-1))}" cannot be set here: ${cause.message}`
            : `"${String(within.at(-1))}" is not allowed here; allowed: ${cause?.message}`,
      },
    ];
  }
  return [{ paths: [path], part: 'value', message: wrongValue(path, valueAt(data, within), issue.message) }];
}

function unknownKey(key: string, path: Path, known: readonly string[]): string {
  const place = path.length === 0 ? '' : ` in ${formatPath(path)}`;
  const meant = nearest(key, known);
  const question = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return `unknown key "${key}"${place}${question || ';'} allowed: ${known.join(', ')}`;
}

function wrongValue(path: Path, found: unknown, allowed: string): string {
  const subject = path.length === 0 ? 'the file' : formatPath(path);
  if (found === undefined) return `${subject} is missing; allowed: ${allowed}`;
  return `${subject} is ${show(found)}; allowed: ${allowed}`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    data,
  );
}

/** The keys that a schema allows at a path, read from its JSON Schema. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let node: JsonSchemaNode | undefined = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
  }) as JsonSchemaNode;
  for (const step of path)
    node = typeof step === 'number' ? node?.items : (node?.properties?.[step] ?? node?.additionalProperties);
  return Object.keys(node?.properties ?? {});
}

type JsonSchemaNode = {
  properties?: Record<string, JsonSchemaNode>;
  additionalProperties?: JsonSchemaNode;
  items?: JsonSchemaNode;
};
