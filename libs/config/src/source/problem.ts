/** Where in the cluster file, and what is wrong or doubtful there. Line and column count from 1. */
export type Problem = { file: string; line: number; column: number; path: string; message: string };

/** Like a problem, but the file is accepted. */
export type Warning = Problem;

/** A key of a map or an index of a list, from the root down. */
export type Path = readonly (string | number)[];

/** `file:line:column: message`, the form that editors and terminals make a link of. */
export function formatProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** A path as a person writes it: `topics[0].partitions`. Keys with dots are quoted: `kafkaConfig."log.dirs"`. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const key = step.includes('.') ? `"${step}"` : step;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
