import { describe, expect, test } from '@jest/globals';
import { bootstrapHost, brokerHost, brokerPodHost, hostOfPod, podOfHost } from './hosts.ts';
import { anyZookeeperHost, zookeeperHost } from './zookeeper/zookeeper-addresses.ts';

const cluster = { name: 'events', namespace: 'streams' };

describe('hosts', () => {
  test('clients, brokers and ZooKeeper each have their addresses', () => {
    expect(brokerHost(cluster, 2)).toBe('events-kafka-2.streams.svc');
    expect(brokerPodHost(cluster, 2)).toBe('events-kafka-2.events-kafka-headless.streams.svc');
    expect(hostOfPod(cluster, 'events-kafka-2')).toBe(brokerPodHost(cluster, 2));
    expect(zookeeperHost(cluster, 0)).toBe('events-zookeeper-0.events-zookeeper-headless.streams.svc');
    expect(anyZookeeperHost(cluster)).toBe('events-zookeeper-any.streams.svc');
    expect(bootstrapHost(cluster)).toBe('events-kafka-bootstrap.streams.svc');
  });

  test('both addresses of a broker lead to its pod', () => {
    expect(podOfHost(cluster, brokerHost(cluster, 4))).toBe('events-kafka-4');
    expect(podOfHost(cluster, brokerPodHost(cluster, 4))).toBe('events-kafka-4');
  });

  test('an address of another cluster is refused', () => {
    expect(() => podOfHost(cluster, 'other-kafka-0.streams.svc')).toThrow(
      expect.objectContaining({
        code: 'kafka-refused',
        message: expect.stringContaining('other-kafka-0.streams.svc'),
      }),
    );
  });
});
