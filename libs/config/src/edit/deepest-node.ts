import { isAlias, isMap, isScalar, type Alias, type Document, type Node } from 'yaml';

/** The last node on the way to a path. */
export type Found = {
  node: Node | null;
  /** Of the entry that holds it; none where that is the whole document. */
  key: Node | undefined;
  /** How many keys of the path lead to it. */
  depth: number;
  /** The first alias or anchor on the way, as it is written, and how many keys lead to it. */
  shared: { name: string; depth: number } | undefined;
};

/** Follows the keys of a path as far as mappings hold them. An alias ends it. */
export function deepestNode(document: Document, path: readonly string[]): Found {
  let found: Found = {
    node: document.contents,
    key: undefined,
    depth: 0,
    shared: sharedBy(document.contents, 0),
  };
  for (const step of path) {
    const { node, depth, shared } = found;
    const pair = isMap(node) ? node.items.find(({ key }) => keyOf(key) === step) : undefined;
    if (pair === undefined) break;
    const value = pair.value as Node | null;
    found = {
      node: value,
      key: pair.key as Node,
      depth: depth + 1,
      shared: shared ?? sharedBy(value, depth + 1),
    };
  }
  return found;
}

function keyOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function sharedBy(node: Node | null, depth: number): Found['shared'] {
  if (isAlias(node)) return { name: `*${node.source}`, depth };
  const { anchor } = (node ?? {}) as { anchor?: Alias['anchor'] };
  return anchor === undefined ? undefined : { name: `&${String(anchor)}`, depth };
}
