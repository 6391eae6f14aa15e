import { describe, expect, test } from '@jest/globals';
import { addresses, mostWorkers, routesOf } from './addresses.ts';

const all = Array.from({ length: mostWorkers + 1 }, (_, index) => index);

describe('addresses', () => {
  test('no two nodes share an address, nor the fabric one', () => {
    const used = [addresses.fabric, ...all.map(addresses.node)];
    expect(new Set(used).size).toBe(used.length);
    for (const address of used) expect(address).toMatch(/^198\.18\.0\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/);
  });

  test('no two nodes share a range of pods, and each range is of the cluster', () => {
    expect(new Set(all.map(addresses.podsOf)).size).toBe(all.length);
    for (const index of all) expect(addresses.podsOf(index)).toMatch(/^198\.19\.\d{1,2}\.0\/24$/);
  });

  test('a node reaches the pods of every other node through it, and its own by itself', () => {
    expect(routesOf(1, 3)).toEqual([
      { destination: '198.18.64.0/18', gateway: '198.18.0.1' },
      { destination: '198.19.0.0/24', gateway: '198.18.0.10' },
      { destination: '198.19.2.0/24', gateway: '198.18.0.12' },
    ]);
  });
});
