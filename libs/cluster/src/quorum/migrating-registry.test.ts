import { describe, expect, test } from '@jest/globals';
import type { Controller, Registry } from '@kafka-ha/kafka';
import { migratingRegistry } from './migrating-registry.ts';

describe('migratingRegistry', () => {
  test('while a broker is in office it is as with ZooKeeper', async () => {
    const registry = migratingRegistry(aRegistry({ id: 2, term: 'z' }, [0, 1, 2]), aRegistry(null, []));
    expect(await registry.controller()).toEqual({ id: 2, term: 'z' });
    expect(await registry.spokesman({ upToDate: true })).toMatchObject({ brokerId: 2 });
    expect(await registry.brokerIds()).toEqual([0, 1, 2]);
  });

  test('while nobody is in office there is nobody', async () => {
    const registry = migratingRegistry(aRegistry(null, [0]), aRegistry({ id: 1_000, term: '5' }, [1]));
    expect(await registry.controller()).toBeNull();
  });

  test('once a controller is, its word counts', async () => {
    const zookeeper = aRegistry({ id: 1_001, term: 'z' }, [0]);
    const registry = migratingRegistry(zookeeper, aRegistry({ id: 1_001, term: '5' }, [0, 1]));
    expect(await registry.controller()).toEqual({ id: 1_001, term: '5' });
    expect(await registry.brokerIds()).toEqual([0, 1]);
    // Then no broker has to name a broker.
    expect(registry.controllerIsBroker).toBe(false);
  });

  test('both are closed', () => {
    const closed: string[] = [];
    const [a, b] = ['a', 'b'].map((name) => ({
      ...aRegistry(null, []),
      close: () => void closed.push(name),
    }));
    migratingRegistry(a!, b!).close();
    expect(closed).toEqual(['a', 'b']);
  });

  function aRegistry(controller: Controller | null, ids: number[]): Registry {
    return {
      controllerIsBroker: true,
      controller: async () => controller,
      spokesman: async () => controller && { ...controller, brokerId: controller.id },
      brokerIds: async () => ids,
      assignment: async () => null,
      close: () => undefined,
    };
  }
});
