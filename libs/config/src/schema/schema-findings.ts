import { z } from 'zod';
import { nearest } from '../source/nearest.ts';
import type { Finding } from '../source/finding.ts';
import { formatPath, type Path } from '../source/problem.ts';

/** What zod found, as sentences: what was found, what is allowed, what was probably meant. */
export function schemaFindings(schema: z.ZodType, data: unknown, root: Path = []): Finding[] {
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
