import type { ClusterSource, Position } from './cluster-source.ts';
import type { Path } from './problem.ts';

/** A cluster file with one environment merged over it, that still knows where each value was written. */
export type Layers = {
  data: Readonly<Record<string, unknown>>;
  /** The place of the value: in the environment's override where it comes from there, else in the file itself. */
  locate(path: Path, part?: 'key' | 'value'): Place;
};

export type Place = {
  line: number;
  column: number;
  /** False where the file does not hold the value: then the place is that of the mapping around it. */
  found: boolean;
  overridden: boolean;
};

/** The file without its environments, and one of them over it: maps key by key, lists and values replaced. */
export function layersOf(source: ClusterSource, environment: string | undefined): Layers {
  const { environments, ...base } = asMap(source.data);
  if (environment === undefined)
    return { data: base, locate: (path, part) => placeAt(source.locate(path, part), path.length, false) };
  const root: Path = ['environments', environment];
  return {
    data: merge(base, asMap(asMap(environments)[environment])),
    locate(path, part) {
      const inFile = source.locate(path, part);
      const inOverride = source.locate([...root, ...path], part);
      const depth = inOverride.depth - root.length;
      const listReplaced = path.slice(0, depth + 1).some((step) => typeof step === 'number');
      const overridden = depth > 0 && (depth >= inFile.depth || listReplaced);
      return placeAt(
        overridden ? inOverride : inFile,
        overridden ? path.length + root.length : path.length,
        overridden,
      );
    },
  };
}

function placeAt({ line, column, depth }: Position, wanted: number, overridden: boolean): Place {
  return { line, column, found: depth === wanted, overridden };
}

/** The value as a mapping; an empty one where it is none. */
export function asMap(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: Record<string, unknown>, override: Record<string, unknown>): Record<string, unknown> {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(override)) {
    const below = merged.get(key);
    merged.set(key, isMap(below) && isMap(value) ? merge(below, value) : value);
  }
  return Object.fromEntries(merged);
}
