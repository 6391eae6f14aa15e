import type { Finding } from '../source/finding.ts';
import type { Path } from '../source/problem.ts';
import { clusterFileSchema, type ClusterFile } from './cluster-file.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * The file as far as it can be read, with defaults where it cannot: so that one wrong value does not hide the problems
 * of all the others.
 */
export function readablePart(data: Data, unreadable: readonly Finding[]): ClusterFile {
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
