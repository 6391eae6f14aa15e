import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { renderObjects } from '@kafka-ha/manifests';
import { readModeRefusals } from './read-mode-refusals.ts';

const { signal } = new AbortController();
const [withZookeeper, withControllers] = [aSpec(), aSpec({ mode: 'kraft' })];

describe('readModeRefusals', () => {
  test.each([withZookeeper, withControllers])('a cluster that runs keeps mode: $mode', async (spec) => {
    await using fake = await fakeObjects(renderObjects(spec));
    expect(await readModeRefusals({ kube: fake.kube, spec, signal })).toEqual([]);
  });

  test.each([
    { there: withZookeeper, wanted: withControllers, by: '3 ZooKeeper servers', mode: 'kraft' },
    { there: withControllers, wanted: withZookeeper, by: '3 controllers', mode: 'zookeeper' },
  ])('it cannot be changed to $mode', async ({ there, wanted, by, mode }) => {
    await using fake = await fakeObjects(renderObjects(there));
    expect(await readModeRefusals({ kube: fake.kube, spec: wanted, signal })).toMatchObject([
      {
        code: 'conflict',
        why: `The mode of a cluster cannot be changed: its metadata is kept by ${by}, and with mode: ${mode} it would begin without any topic.`,
      },
    ]);
  });

  test.each([
    ['zookeeper', 'dual-write', 'kafka-ha migrate.'],
    ['dual-write', 'zookeeper', 'kafka-ha migrate --back'],
    // By an ordinary deployment the controllers would lose the flag, and with it ZooKeeper, for good.
    ['dual-write', 'kraft', 'kafka-ha migrate --finalize'],
    ['migrating', 'dual-write', 'kafka-ha migrate.'],
    ['kraft', 'dual-write', 'there is no way'],
  ] as const)('from %s to %s leads another command', async (there, wanted, command) => {
    const specOf = (mode: typeof there | typeof wanted) => aSpec({ mode, versions: { kafka: '3.9.2' } });
    await using fake = await fakeObjects(renderObjects(specOf(there)));
    const refusals = await readModeRefusals({ kube: fake.kube, spec: specOf(wanted), signal });
    expect(refusals).toMatchObject([{ code: 'conflict', hint: expect.stringContaining(command) }]);
    expect(refusals[0]?.why).toContain(`in mode ${there}, and its file says ${wanted}`);
  });

  test('where no mode describes what is there, nothing is deployed', async () => {
    const provisioned = renderObjects(aSpec({ mode: 'migrating' })).filter(
      ({ metadata }) => metadata.name === 'events-controller',
    );
    await using fake = await fakeObjects([...renderObjects(withZookeeper), ...provisioned]);
    expect(await readModeRefusals({ kube: fake.kube, spec: withZookeeper, signal })).toMatchObject([
      { code: 'conflict', why: expect.stringContaining('is under way (provisioned)') },
    ]);
  });

  test('no cluster begins between two modes', async () => {
    await using fake = await fakeObjects([]);
    const spec = aSpec({ mode: 'dual-write' });
    expect(await readModeRefusals({ kube: fake.kube, spec, signal })).toMatchObject([
      { why: expect.stringContaining('does not begin in mode dual-write') },
    ]);
  });

  test("volumes that ZooKeeper has left after a migration are in nobody's way", async () => {
    const kraft = aSpec({ mode: 'kraft', versions: { kafka: '3.9.2' } });
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data-events-zookeeper-2', namespace: 'kafka' },
    };
    await using fake = await fakeObjects([...renderObjects(kraft), volume]);
    expect(await readModeRefusals({ kube: fake.kube, spec: kraft, signal })).toEqual([]);
  });

  test('volumes that have outlived their cluster count', async () => {
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data-events-zookeeper-2', namespace: 'kafka' },
    };
    await using fake = await fakeObjects([volume]);
    expect(await readModeRefusals({ kube: fake.kube, spec: withControllers, signal })).toHaveLength(1);
  });
});
