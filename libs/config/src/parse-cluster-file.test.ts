import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { parseChangedFile, parseClusterFile } from './parse-cluster-file.ts';
import type { Spec } from './spec.ts';
import { aSpec } from './testing.ts';

function errorOf(text: string): KafkaHaError {
  try {
    parseClusterFile(text, { file: 'cluster.yaml' });
  } catch (error) {
    if (error instanceof KafkaHaError) return error;
  }
  throw new Error('not refused');
}

describe('parseClusterFile', () => {
  test('a file that cannot be read is refused with every problem as a detail', () => {
    expect(errorOf('name: events\nbroker: 5\nstorage: {size: 5}')).toMatchObject({
      code: 'invalid-cluster-file',
      message: 'cluster.yaml has 2 problems',
      details: [
        expect.stringMatching(/^cluster.yaml:2:1: unknown key/),
        expect.stringMatching(/^cluster.yaml:3:17: storage.size is 5/),
      ],
      hint: 'Correct cluster.yaml and try again. Nothing was changed.',
    });
  });

  test('a promise that cannot be kept has the arithmetic in the message', () => {
    const { code, message } = errorOf('name: events\nbrokers: 4');
    expect(code).toBe('promise-broken');
    expect(message).toMatch(/^cluster.yaml promises what cannot be kept: tolerance 2 needs 5 brokers: /);
  });

  test('a file in order gives its spec', () => {
    const { spec, warnings } = parseClusterFile('name: events', { file: 'cluster.yaml' });
    expect(spec.name).toBe('events');
    expect(warnings).toEqual([]);
  });

  test('of a file that was changed the exporter keeps its program, as long as there is one', () => {
    const former = aSpec({ metrics: {} });
    const withProgram = { ...former, metrics: { ...former.metrics!, program: 'run()' } };
    const changed = (text: string, spec: Spec = withProgram) =>
      parseChangedFile(`name: events\n${text}`, { file: 'cluster.yaml' }, spec).spec;
    const slower = changed('brokers: 6\nmetrics: {interval: 30s}');
    expect(slower).toMatchObject({ brokers: 6, metrics: { intervalMs: 30_000, program: 'run()' } });
    expect(changed('brokers: 6').metrics).toBeNull();
    expect(changed('metrics: {}', former).metrics).toEqual({ intervalMs: 15_000 });
  });

  test('there are no metrics unless the file asks for them, read every 15 s where it says no more', () => {
    expect(aSpec().metrics).toBeNull();
    expect(aSpec({ metrics: {} }).metrics).toEqual({ intervalMs: 15_000 });
    expect(aSpec({ metrics: { interval: '1m' } }).metrics).toEqual({ intervalMs: 60_000 });
    expect(aSpec({ metrics: { cluster: 'events-production' } }).metrics?.cluster).toBe('events-production');
    expect(errorOf("name: events\nmetrics: { cluster: 'a\"b' }").details.join()).toContain(
      'metrics.cluster is',
    );
    for (const interval of ['1s', '61s'])
      expect(errorOf(`name: events\nmetrics: { interval: ${interval} }`).details.join()).toContain(
        `metrics.interval is "${interval}"; allowed: a duration from 5s to 1m`,
      );
  });
});
