import { messageOf } from '@kafka-ha/base';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Alias, Document, Node, Pair } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** A cluster file's text, read as YAML, with the place of each value. */
export type ClusterSource = {
  /** Plain data: maps, lists, strings, numbers, booleans, null. */
  data: unknown;
  /** Line and column of the deepest part of the path that the file holds, and how many steps of it that is. */
  locate(path: Path, part?: 'key' | 'value'): Position;
};

export type Position = { line: number; column: number; depth: number };

/** Reads YAML. What is broken gives every problem that the parser found, with line and column. */
export function readSource(text: string, file: string): ClusterSource | { problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path: '', message: `this is not valid YAML: ${message}` };
  };
  const problems = [
    ...document.errors.map((error) => problemAt(error.pos[0], error.message)),
    ...strayAliases(document).map(({ source, range }) =>
      problemAt(range?.[0] ?? 0, `there is no anchor &${source} before this`),
    ),
  ];
  if (problems.length > 0) return { problems };
  keepLongIntegers(document);
  try {
    return { data: document.toJS(), locate: (path, part) => locate(document, lines, path, part) };
  } catch (error) {
    // The parser's guard against aliases of aliases that would unfold into gigabytes.
    return { problems: [problemAt(0, messageOf(error))] };
  }
}

function strayAliases(document: Document): Alias[] {
  const stray: Alias[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) stray.push(alias);
    },
  });
  return stray;
}

/** A whole number beyond 2^53 stays as it was written: as a JavaScript number it would become another one. */
function keepLongIntegers(document: Document): void {
  visit(document, {
    Scalar(_, scalar) {
      const { value, source } = scalar;
      if (typeof value !== 'number' || Number.isSafeInteger(value)) return;
      if (source !== undefined && /^[-+]?\d+$/.test(source)) scalar.value = source;
    },
  });
}

function locate(
  document: Document,
  lines: LineCounter,
  path: Path,
  part: 'key' | 'value' = 'value',
): Position {
  let value = resolve(document, document.contents);
  let place: Node | null = value;
  let depth = 0;
  for (const step of path) {
    const pair: Pair | undefined = isMap(value)
      ? value.items.find(({ key }) => keyOf(key) === step)
      : undefined;
    const next = pair?.value ?? (isSeq(value) && typeof step === 'number' ? value.items[step] : undefined);
    if (pair === undefined && next === undefined) break;
    depth++;
    const isLast = depth === path.length;
    const hasValue = next !== undefined && next !== null && (next as Node).range !== undefined;
    place =
      (isLast && part === 'key') || !hasValue ? ((pair?.key as Node | undefined) ?? place) : (next as Node);
    value = resolve(document, next);
  }
  const { line, col } = lines.linePos(place?.range?.[0] ?? 0);
  return { line: Math.max(line, 1), column: Math.max(col, 1), depth };
}

function resolve(document: Document, node: unknown): Node | null {
  return (isAlias(node) ? (node.resolve(document) ?? null) : node) as Node | null;
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? String(key.value) : key;
}
