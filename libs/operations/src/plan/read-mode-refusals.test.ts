import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { renderObjects } from '@kafka-ha/manifests';
import { readModeRefusals } from './read-mode-refusals.ts';

const { signal } = new AbortController();
const [withZookeeper, withControllers] = [aSpec(), aSpec({ mode: 'kraft' })];

describe('readModeRefusals', () => {
  test('a cluster that runs keeps its mode', async () => {
    for (const spec of [withZookeeper, withControllers]) {
      await using fake = await fakeObjects(renderObjects(spec));
      expect(await readModeRefusals({ kube: fake.kube, spec, signal })).toEqual([]);
    }
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
