import { describe, expect, test } from '@jest/globals';
import { rollOrder } from '../index.ts';
import { brokerScene, quorumScene } from './testing.ts';

describe('rollOrder', () => {
  test('ZooKeeper before Kafka, unready ones first, leader and controller last', () => {
    const kafka = brokerScene({ controller: 2, away: { 4: 'stuck', 1: 'silent' } });
    const zookeeper = quorumScene({ leader: 0 });
    const order = rollOrder({
      pods: [...kafka.pods, ...zookeeper.pods],
      due: new Set([...kafka.due, ...zookeeper.due]),
      controllerId: 2,
      quorum: zookeeper.quorum,
    });
    expect(order.map(({ pod, why }) => `${pod.component} ${pod.ordinal} ${why}`)).toEqual([
      'zookeeper 1 follower',
      'zookeeper 2 follower',
      'zookeeper 0 leader',
      'kafka 4 stuck',
      'kafka 1 not-ready',
      'kafka 0 broker',
      'kafka 3 broker',
      'kafka 2 controller',
    ]);
  });

  test('a container that is just coming is not stuck', () => {
    const { pods, ...scene } = brokerScene({ controller: 2, away: { 4: 'stuck' } });
    const starting = pods.map((pod) =>
      pod.ordinal === 4 ? { ...pod, waiting: { reason: 'ContainerCreating', message: null } } : pod,
    );
    expect(rollOrder({ ...scene, pods: starting, quorum: [] })[0]?.why).toBe('not-ready');
  });
});
