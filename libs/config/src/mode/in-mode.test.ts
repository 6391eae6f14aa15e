import { describe, expect, test } from '@jest/globals';
import { inMode } from './in-mode.ts';
import { aSpec } from '../testing.ts';

describe('inMode', () => {
  test('the same cluster in another mode differs in nothing else', () => {
    const spec = aSpec();
    expect(inMode(spec, 'dual-write')).toEqual({ ...spec, mode: 'dual-write' });
    expect(inMode(inMode(spec, 'dual-write'), 'zookeeper')).toEqual(spec);
  });

  test.each([
    [{ kafka: '3.8.1' }, 'Kafka 3.8.1 cannot leave ZooKeeper'],
    [{ kafka: '3.9.2', interBrokerProtocol: '3.8' }, "The brokers' protocol is 3.8, and has to be 3.9"],
  ])('%j cannot go that way', (versions, why) => {
    expect(() => inMode(aSpec({ versions }), 'migrating')).toThrow(why);
  });
});
