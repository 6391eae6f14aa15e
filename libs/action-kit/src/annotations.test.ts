import { describe, expect, jest, test } from '@jest/globals';
import type { Problem } from '@kafka-ha/config';
import { openAnnotations } from './annotations.ts';

describe('annotations', () => {
  test('a problem is annotated on its line of the cluster file', () => {
    const written = capture((annotations) => annotations.problem('error', aProblem(12)));
    expect(written).toEqual(['::error file=cluster.yaml,line=12,col=3::too small']);
  });

  test('of many problems ten are annotated, the failure among them, and all are in the log', () => {
    const written = capture((annotations) => {
      for (let line = 1; line <= 30; line++) annotations.problem('error', aProblem(line));
      annotations.failure('cluster.yaml has 30 problems');
    });
    expect(written.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(written.at(-1)).toBe('::error::cluster.yaml has 30 problems');
    expect(written).toContain('error: cluster.yaml:30:3: too small');
  });

  test('no problem, however many there are, issues a command to the runner', () => {
    const message =
      'not a number:\n::error file=README.md,line=1::spoofed\r\n  ::stop-commands::abc\n##[group]x';
    const written = capture((annotations) => {
      for (let line = 1; line <= 12; line++) {
        annotations.problem('error', { ...aProblem(line), message });
        annotations.problem('warning', { ...aProblem(line), message });
        annotations.warn(message);
      }
      annotations.failure(message);
    });
    const commands = written.flatMap((text) =>
      text.split(/\r|\n/).filter((line) => /^\s*::|##\[/.test(line)),
    );
    expect(commands.filter((line) => !/^::(error|warning)( file=cluster\.yaml|::)/.test(line))).toEqual([]);
    expect(commands).toHaveLength(9 + 10 + 1);
  });

  test('warnings have ten of their own', () => {
    const written = capture((annotations) => {
      for (let line = 1; line <= 12; line++) annotations.warn(`warning ${line}`);
    });
    expect(written.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(written).toHaveLength(12);
  });

  function aProblem(line: number): Problem {
    return { file: 'cluster.yaml', line, column: 3, path: 'storage.size', message: 'too small' };
  }

  function capture(use: (annotations: ReturnType<typeof openAnnotations>) => void): string[] {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      use(openAnnotations());
      return write.mock.calls.map(([text]) => String(text).trimEnd());
    } finally {
      write.mockRestore();
    }
  }
});
