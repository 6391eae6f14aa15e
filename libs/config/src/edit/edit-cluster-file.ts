import { isMap, isScalar, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';

export type Edit = { path: readonly [string, ...string[]]; value: string | number };

/**
 * The text of a cluster file with other values at some paths; all else, comments, order and spacing, stays as it was
 * written. With an environment the values are its own, so that the others keep theirs.
 */
export function editClusterFile(text: string, edits: readonly Edit[], environment?: string): string {
  return edits.reduce((edited, { path, value }) => {
    const whole = environment === undefined ? path : (['environments', environment, ...path] as const);
    return setValue(edited, whole, String(value));
  }, text);
}

function setValue(text: string, path: readonly string[], value: string): string {
  const document = parseDocument(text);
  const old = document.getIn(path, true);
  if (isScalar(old) && old.range) return text.slice(0, old.range[0]) + value + text.slice(old.range[1]);
  const depth = deepestMapping(document, path);
  const map = (depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)) as YAMLMap;
  return insert(text, map, path.slice(depth), value);
}

/** How many keys of the path lead to mappings that are there. */
function deepestMapping(document: Document, path: readonly string[]): number {
  let depth = 0;
  while (isMap(document.getIn(path.slice(0, depth + 1), true))) depth++;
  return depth;
}

/** As the first entry of a mapping, where no comment of another entry stands in the way. */
function insert(text: string, map: YAMLMap, path: readonly string[], value: string): string {
  const inFlow = path.reduceRight(
    (inner, key) => (inner === '' ? `${key}: ${value}` : `${key}: { ${inner} }`),
    '',
  );
  const first = map.items[0]?.key as Node | undefined;
  if (map.flow === true || first?.range == null) {
    const open = text.indexOf('{', map.range?.[0]) + 1;
    return `${text.slice(0, open)} ${inFlow}${first ? ',' : ' '}${text.slice(open)}`;
  }
  const at = first.range[0];
  const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
  return `${text.slice(0, at)}${inFlow}\n${' '.repeat(indent)}${text.slice(at)}`;
}
