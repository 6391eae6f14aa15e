import type { Layers } from './layers.ts';
import { formatPath, type Path, type Problem } from './problem.ts';

/** Something wrong or doubtful in the merged file, not placed in its text yet. */
export type Finding = {
  /** Where it can be mended. What the file holds is pointed at, what an environment overrides before the rest. */
  paths: readonly [Path, ...Path[]];
  part?: 'key' | 'value';
  message: string;
};

/** Gives a finding its line and column. */
export function place(
  { paths, part, message }: Finding,
  layers: Pick<Layers, 'locate'>,
  file: string,
): Problem {
  const places = paths.map((path) => ({ path, ...layers.locate(path, part) }));
  const [first] = places;
  const { path, line, column } =
    places.find(({ overridden, found }) => overridden && found) ??
    places.find(({ found }) => found) ??
    first!;
  return { file, line, column, path: formatPath(path), message };
}
