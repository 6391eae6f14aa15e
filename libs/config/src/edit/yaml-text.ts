import { parse } from 'yaml';

/** A value as YAML writes it: in quotes where it would be read as something else without. */
export function yamlScalar(value: string | number): string {
  const plain = String(value);
  const isPlain = typeof value === 'number' || (/^[\w.][\w.:/@+-]*$/.test(plain) && readsAs(plain, value));
  return isPlain ? plain : `'${plain.replaceAll("'", "''")}'`;
}

/** `storage: { size: 9Gi }`, without braces around the whole. */
export function inFlow(path: readonly string[], written: string): string {
  return path.reduceRight(
    (inner, key, index) =>
      index === path.length - 1 ? `${yamlScalar(key)}: ${inner}` : `${yamlScalar(key)}: { ${inner} }`,
    written,
  );
}

/** The same as a line of its own before the entry that begins at `offset`, and up to it. */
export function inBlock(path: readonly string[], written: string, text: string, offset: number): string {
  const indent = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${inFlow(path, written)}${end}${' '.repeat(indent)}`;
}

function readsAs(plain: string, value: string): boolean {
  return parse(plain) === value;
}
