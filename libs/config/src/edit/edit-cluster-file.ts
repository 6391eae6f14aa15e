import { isDeepStrictEqual } from 'node:util';
import { KafkaHaError } from '@kafka-ha/base';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parse,
  parseDocument,
} from 'yaml';
import { readSource } from '../source/cluster-source.ts';
import { formatPath } from '../source/problem.ts';

/** A value in the cluster file that is to be another one. */
export type Edit = { path: readonly [string, ...string[]]; value: string | number };

const byteOrderMark = '\ufeff';

/**
 * The text of a cluster file with other values at some paths; all else, comments, order and spacing, stays as it was
 * written. With an environment the values are its own, so that the others keep theirs. What comes out has been read
 * again: it says what it said before, but for these values.
 *
 * @throws KafkaHaError `invalid-cluster-file` where the file cannot be read, or where it is written so that no such text
 *   was found: where others share the value by an alias, say. Both name the place.
 */
export function editClusterFile(text: string, edits: readonly Edit[], environment?: string): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const edited = edits.reduce((before, { path, value }) => {
    const whole = environment === undefined ? path : (['environments', environment, ...path] as const);
    return setValue(before, whole, value);
  }, text.slice(mark.length));
  return mark + edited;
}

function setValue(text: string, path: readonly string[], value: string | number): string {
  const before = dataOf(text);
  if (before === undefined)
    throw new KafkaHaError('invalid-cluster-file', 'the cluster file is not valid YAML');
  const found = deepestNode(parseDocument(text), path);
  const after = candidates(text, found, path, value).find((candidate) => {
    const read = dataOf(candidate);
    if (read === undefined || !isDeepStrictEqual(commentsOf(candidate), commentsOf(text))) return false;
    return isDeepStrictEqual(read.data, withValue(before.data, path, value));
  });
  if (after === undefined) throw refusal(found, path, value);
  return after;
}

/** Undefined where it is no YAML. */
function dataOf(text: string): { data: unknown } | undefined {
  const source = readSource(text, '');
  return 'problems' in source ? undefined : { data: source.data };
}

function commentsOf(text: string): string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.filter((token, index) => token.startsWith('#') && tokens[index - 1] !== beforeScalar);
}

/** The parser's own mark for the text of a scalar, which may begin like a comment. */
const beforeScalar = '\u001f';

/** Texts that may say it, the best first: which of them does is seen when they are read. */
function candidates(text: string, found: Found, path: readonly string[], value: string | number): string[] {
  const { node, key, depth } = found;
  const rest = path.slice(depth);
  const written = yamlScalar(value);
  if (isMap(node)) return rest.length === 0 ? [] : insert(text, node, rest, written);
  // What stands where a mapping is wanted, such as an alias to one, is for a person to write out.
  const isNothing = node === null || (isScalar(node) && node.value === null);
  if (isSeq(node) || (rest.length > 0 && !isNothing)) return [];
  const instead = rest.length === 0 ? written : `{ ${inFlow(rest, written)} }`;
  const colon = key?.range == null ? -1 : text.indexOf(':', key.range[1]);
  return [
    ...(node?.range == null ? [] : [replaced(text, node.range, instead)]),
    // Nothing stands after the colon.
    ...(colon === -1 ? [] : [`${text.slice(0, colon + 1)} ${instead}${text.slice(colon + 1)}`]),
  ];
}

/** The comment in the head of a text of several lines stays, and the line end after it, which belongs to it. */
function replaced(text: string, [start = 0, end = 0]: readonly number[], instead: string): string {
  const old = text.slice(start, end);
  const [, comment = ''] = /^[|>][-+\d]*([ \t]+#[^\r\n]*)/.exec(old) ?? [];
  const [lineEnd] = /(\r?\n)?$/.exec(old)!;
  return text.slice(0, start) + instead + comment + lineEnd + text.slice(end);
}

/** As the first entry of a mapping, where no comment of another entry stands in the way. */
function insert(
  text: string,
  map: { flow?: boolean; range?: readonly number[] | null; items: { key: unknown }[] },
  path: readonly string[],
  written: string,
): string[] {
  const [start, end] = (map.items[0]?.key as { range?: [number, number] } | undefined)?.range ?? [];
  if (map.flow === true || start === undefined || end === undefined) {
    const open = text.indexOf('{', map.range?.[0]) + 1;
    if (open === 0) return [];
    return [
      `${text.slice(0, open)} ${inFlow(path, written)}${start === undefined ? ' ' : ','}${text.slice(open)}`,
    ];
  }
  return [text.slice(0, start) + inBlock(path, written, text, start) + text.slice(start)];
}

/** The data with this value at the path. */
function withValue(data: unknown, [key, ...rest]: readonly string[], value: string | number): unknown {
  if (key === undefined) return value;
  const map = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const below = Object.hasOwn(map, key) ? map[key] : undefined;
  return { ...map, [key]: withValue(below, rest, value) };
}

function refusal({ shared, depth }: Found, path: readonly string[], value: string | number): KafkaHaError {
  const why =
    shared === undefined
      ? 'of how it is written there'
      : `${formatPath(path.slice(0, shared.depth))} is ${shared.name}, which other places may share`;
  return new KafkaHaError(
    'invalid-cluster-file',
    `${formatPath(path)} cannot be changed in the cluster file, because ${why}`,
    {
      hint: `Write ${formatPath(path)}: ${value} there by hand${depth < path.length ? ', with the mappings around it' : ''}. Nothing was changed.`,
    },
  );
}

/** A value as YAML writes it: in quotes where it would be read as something else without. */
function yamlScalar(value: string | number): string {
  const plain = String(value);
  const isPlain = typeof value === 'number' || (/^[\w.][\w.:/@+-]*$/.test(plain) && readsAs(plain, value));
  return isPlain ? plain : `'${plain.replaceAll("'", "''")}'`;
}

/** `storage: { size: 9Gi }`, without braces around the whole. */
function inFlow(path: readonly string[], written: string): string {
  return path.reduceRight(
    (inner, key, index) =>
      index === path.length - 1 ? `${yamlScalar(key)}: ${inner}` : `${yamlScalar(key)}: { ${inner} }`,
    written,
  );
}

/** The same as a line of its own before the entry that begins at `offset`, and up to it. */
function inBlock(path: readonly string[], written: string, text: string, offset: number): string {
  const indent = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${inFlow(path, written)}${end}${' '.repeat(indent)}`;
}

function readsAs(plain: string, value: string): boolean {
  return parse(plain) === value;
}

/** The last node on the way to a path. */
type Found = {
  node: Node | null;
  /** Of the entry that holds it; none where that is the whole document. */
  key: Node | undefined;
  /** How many keys of the path lead to it. */
  depth: number;
  /** The first alias or anchor on the way, as it is written, and how many keys lead to it. */
  shared: { name: string; depth: number } | undefined;
};

/** Follows the keys of a path as far as mappings hold them. An alias ends it. */
function deepestNode(document: Document, path: readonly string[]): Found {
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
