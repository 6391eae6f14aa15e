import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { deploySteps } from './deploy.ts';

const order = deploySteps(aSpec()).map(({ id }) => id);

describe('deploy', () => {
  test('what is refused is known under the lock, before anything of the cluster is changed', () => {
    expect(order.slice(0, 4)).toEqual(['check', 'namespace', 'lock', 'plan']);
  });

  test('volumes have grown before brokers are told to fill them', () => {
    expect(order.indexOf('volumes')).toBeLessThan(order.indexOf('keys'));
  });

  test('Kafka has taken the keys before any object says so', () => {
    expect(order.indexOf('keys')).toBeLessThan(order.indexOf('apply'));
  });

  test('features follow on the binaries that know them, and with ZooKeeper there are none', () => {
    const withControllers = deploySteps(aSpec({ mode: 'kraft' })).map(({ id }) => id);
    expect(withControllers.indexOf('features')).toBe(withControllers.indexOf('brokers') + 1);
    expect(order).not.toContain('features');
  });

  test('the exporter is looked at before health is, where there is one, and fails nothing', () => {
    const withExporter = deploySteps(aSpec({ metrics: {} })).map(({ id }) => id);
    expect(withExporter.indexOf('health')).toBe(withExporter.indexOf('exporter') + 1);
    expect(order).not.toContain('exporter');
  });
});
