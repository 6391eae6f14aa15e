import { afterEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { aStatus } from '@kafka-ha/kube/testing';
import { renderObjects, restartAnnotation } from '@kafka-ha/manifests';
import { fakeObjects, type FakeObjects, type Refuse } from '../testing/fake-objects.ts';
import { applyObjects } from './apply-objects.ts';

const size = (storage: { size: string; class?: string }) => aSpec({ brokers: 3, tolerance: 1, storage });
const before = size({ size: '50Gi' });
const after = size({ size: '60Gi' });
const kafka = 'statefulsets/events-kafka';

function deployed(): KubeObject[] {
  return renderObjects(before).map((object) => {
    if (object.metadata.name !== 'events-kafka' || object.kind !== 'StatefulSet') return object;
    const annotations = { [restartAnnotation]: 'uid-of-a-pod' };
    return { ...object, metadata: { ...object.metadata, annotations } };
  });
}

const opened: FakeObjects[] = [];

describe('applyObjects', () => {
  afterEach(async () => {
    for (const fake of opened.splice(0)) await fake[Symbol.asyncDispose]();
  });

  async function apply(spec: typeof after, refuse?: Refuse) {
    const fake = await fakeObjects(deployed(), refuse);
    opened.push(fake);
    const stopped = new AbortController();
    const lost = new AbortController();
    const run = async () => {
      for await (const told of applyObjects(
        { kube: fake.kube, spec, signal: stopped.signal },
        { stopNow: lost.signal },
      ))
        if (told.startsWith('recreating')) stopped.abort(new Error('Ctrl-C'));
    };
    return { fake, run };
  }

  test('a StatefulSet with larger volumes is deleted and made as one act, also where somebody presses Ctrl-C between', async () => {
    const { fake, run } = await apply(after);
    const { uid } = fake.objects.get(kafka)!.metadata;
    await expect(run()).rejects.toThrow();
    const changes = fake.changes().filter((change) => change.endsWith(kafka));
    expect(changes).toEqual([`DELETE ${kafka}`, `PATCH ${kafka}`, `PATCH ${kafka}`]);
    const made = fake.objects.get(kafka)!;
    expect(made.metadata.uid).not.toBe(uid);
    expect(JSON.stringify(made['spec'])).toContain('"storage":"60Gi"');
    expect(made.metadata.annotations?.[restartAnnotation]).toBe('uid-of-a-pod');
  });

  test('its pods are let go, and only the object that was compared is deleted', async () => {
    const { fake, run } = await apply(after);
    const { uid, resourceVersion } = fake.objects.get(kafka)!.metadata;
    await expect(run()).rejects.toThrow();
    const deletion = fake.received.find(({ method }) => method === 'DELETE');
    expect(deletion?.body).toMatchObject({
      propagationPolicy: 'Orphan',
      preconditions: { uid, resourceVersion },
    });
  });

  test('nothing is deleted, and nothing applied, where the API server would refuse another object', async () => {
    const { fake, run } = await apply(after, ({ method, path }) =>
      method === 'PATCH' && path.endsWith('poddisruptionbudgets/events-kafka')
        ? aStatus(422, 'no')
        : undefined,
    );
    await expect(run()).rejects.toMatchObject({ code: 'kubernetes-refused' });
    expect(fake.changes()).toEqual([]);
  });

  test('a class that the file names anew is taken into the StatefulSet, too', async () => {
    const { fake, run } = await apply(size({ size: '50Gi', class: 'local' }));
    await expect(run()).rejects.toThrow();
    expect(JSON.stringify(fake.objects.get('statefulsets/events-zookeeper')!['spec'])).toContain(
      '"storageClassName":"local"',
    );
  });

  test('with the volumes that there are nothing is deleted', async () => {
    const { fake, run } = await apply(before);
    await run();
    expect(fake.changes().filter((change) => change.startsWith('DELETE'))).toEqual([]);
  });
});
