import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type StepContext } from './run-command.ts';
import { step } from './step.ts';

const compile = { id: 'compile', title: 'Compile Kubernetes' };

async function failureOf(
  work: (context: StepContext) => Promise<void>,
): Promise<{ error: unknown; log: string }> {
  const log = join(mkdtempSync(join(tmpdir(), 'step-')), 'logs', 'compile.log');
  try {
    const events = step(compile, { log, signal: new AbortController().signal }, work);
    while (!(await events.next()).done);
  } catch (error) {
    return { error, log };
  }
  throw new Error('it did not fail');
}

describe('step', () => {
  test('a failed step is named with its log and the last 20 lines of it', async () => {
    const { error, log } = await failureOf(async (context) => {
      await runCommand(context, ['sh', '-c', 'seq 100; exit 2']);
    });
    expect(error).toMatchObject({
      code: 'local-cluster-failed',
      message: 'Compile Kubernetes: sh ended with 2',
      hint: expect.stringContaining(log),
      details: Array.from({ length: 20 }, (_, index) => String(81 + index)),
    });
  });

  test('a defect in a step is named after the step too', async () => {
    const { error } = await failureOf(() => Promise.reject(new TypeError('x is undefined')));
    expect(error).toMatchObject({
      code: 'local-cluster-failed',
      message: 'Compile Kubernetes: x is undefined',
    });
  });

  test.each(['aborted', 'conflict'] as const)('%s stays what it is', async (code) => {
    const thrown = new KafkaHaError(code, 'as it is');
    const { error } = await failureOf(() => Promise.reject(thrown));
    expect(error).toBe(thrown);
  });
});
