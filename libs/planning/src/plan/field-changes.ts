/** One difference between two versions of an object: `from` or `to` is absent where the field is not there. */
export type FieldChange = {
  /** E.g. `spec.template.spec.containers[kafka].image`; a file's key behind a colon. */
  path: string;
  from?: string;
  to?: string;
};

/**
 * What differs between two versions of a JSON object, leaf by leaf. Items of a list are told apart by their `name`
 * where they have one; texts of several lines, such as a file in an annotation, are compared key by key where they are
 * properties, else line by line.
 */
export function fieldChanges(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => fieldChanges(before[key], after[key], join(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) return itemChanges(before, after, path);
  if (isText(before) && isText(after)) return textChanges(before, after, path);
  const [from, to] = [before, after].map((value) => (value === undefined ? undefined : written(value)));
  return from === to ? [] : [{ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function itemChanges(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  if (isNamed(before) && isNamed(after)) {
    const byName = (items: readonly Named[]) => new Map(items.map((item) => [item.name, item]));
    const [old, young] = [byName(before), byName(after)];
    return [...new Set([...old.keys(), ...young.keys()])].flatMap((name) =>
      fieldChanges(old.get(name), young.get(name), `${path}[${name}]`),
    );
  }
  return pairs(before, after, path);
}

/** What only one of two lists has, paired in order: `-Xmx384m` and `-Xmx512m` are one change. */
function pairs(before: readonly unknown[], after: readonly unknown[], path: string): FieldChange[] {
  const old = new Set(before.map(identity));
  const young = new Set(after.map(identity));
  const gone = before.filter((item) => !young.has(identity(item))).map(written);
  const come = after.filter((item) => !old.has(identity(item))).map(written);
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => {
    const [from, to] = [gone[index], come[index]];
    return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  });
}

function textChanges(before: string, after: string, path: string): FieldChange[] {
  const [old, young] = [propertiesOf(before), propertiesOf(after)];
  if (old === undefined || young === undefined) return pairs(before.split('\n'), after.split('\n'), path);
  return [...new Set([...Object.keys(old), ...Object.keys(young)])]
    .sort()
    .flatMap((key) => fieldChanges(old[key], young[key], `${path}: ${key}`));
}

/** Undefined where a text is something else. */
function propertiesOf(text: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  const entries = lines.map((line) => /^([\w.-]+)=(.*)$/.exec(line));
  if (entries.includes(null)) return undefined;
  return Object.fromEntries(entries.map((entry) => [entry?.[1] ?? '', entry?.[2] ?? '']));
}

type Named = { name: string };

function isNamed(items: readonly unknown[]): items is readonly Named[] {
  const names = items.map((item) => (isMap(item) ? item['name'] : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same for two values of which each is the other with its fields in another order, as a revision and the API server's answer are. */
function identity(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, inOrder(value[key])]),
  );
}

/** Keys with dots, such as annotations, are set apart. */
function join(path: string, key: string): string {
  if (/[./]/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}
