import { error, warning, type AnnotationProperties } from '@actions/core';
import { formatProblem, type Problem } from '@kafka-ha/config';
import { say } from './log/say.ts';

export type Annotations = {
  warn: (message: string) => void;
  /** On the line of the cluster file. */
  problem(level: Level, problem: Problem): void;
  /** The last word of a run that failed; there is always room for it. */
  failure(message: string): void;
};

type Level = 'error' | 'warning';

/** GitHub shows no more of each kind from one step. The last error is kept for the failure itself. */
const shown = { error: 9, warning: 10 };

/** Annotations within GitHub's limit; what goes beyond is in the log. */
export function openAnnotations(): Annotations {
  const left = { ...shown };
  const annotate = (level: Level, message: string, place: AnnotationProperties) => {
    if (left[level] === 0) return say(`${level}: ${message}`);
    left[level] -= 1;
    (level === 'error' ? error : warning)(message, place);
  };
  return {
    warn: (message) => annotate('warning', message, {}),
    problem(level, problem) {
      const { file, line, column, message } = problem;
      // The log shows the message alone: without its place it would have to be looked up.
      if (left[level] === 0) return say(`${level}: ${formatProblem(problem)}`);
      annotate(level, message, { file, startLine: line, startColumn: column });
    },
    failure: (message) => error(message),
  };
}
