import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { localClusterFor } from './local-cluster-for.ts';

describe('localClusterFor', () => {
  test('a cluster with ZooKeeper needs images of both, and a node for each broker', () => {
    expect(localClusterFor(aSpec({ brokers: 5 }))).toEqual({
      workers: 5,
      images: { kafka: ['3.9.2'], zookeeper: ['3.9.5'] },
    });
  });

  test('one without needs no image of ZooKeeper, and a node for each controller', () => {
    expect(
      localClusterFor(aSpec({ mode: 'kraft', brokers: 3, tolerance: 1, controllers: { servers: 5 } })),
    ).toEqual({
      workers: 5,
      images: { kafka: ['4.4.0'], zookeeper: [] },
    });
  });

  test('one between the two needs images of both, and room for the larger of the two kinds of servers', () => {
    const spec = aSpec({ mode: 'dual-write', brokers: 3, tolerance: 1, zookeeper: { servers: 5 } });
    expect(localClusterFor(spec)).toEqual({
      workers: 5,
      images: { kafka: ['3.9.2'], zookeeper: ['3.9.5'] },
    });
  });

  test('what must be kept apart needs nodes of its own', () => {
    const apart = aSpec({ mode: 'kraft', brokers: 5, placement: { separateControllers: 'required' } });
    expect(localClusterFor(apart).workers).toBe(8);
  });
});
