import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aStatus } from '@kafka-ha/kube/testing';
import { exporterSelector } from '@kafka-ha/manifests';
import { awaitExporter } from './await-exporter.ts';

const { signal } = new AbortController();
const spec = aSpec({ metrics: {} });

function aDeployment(status: object) {
  const metadata = { name: 'events-exporter', namespace: 'kafka', generation: 2 };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, status };
}

function aPod(waiting: object) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'events-exporter-1', namespace: 'kafka', labels: exporterSelector(spec) },
    spec: {},
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'exporter', restartCount: 0, state: { waiting } }],
    },
  };
}

const rolledOut = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };

async function eventsOf(there: Parameters<typeof fakeObjects>[0]): Promise<StepEvent[]> {
  await using fake = await fakeObjects(there);
  const events: StepEvent[] = [];
  for await (const event of awaitExporter({ kube: fake.kube, spec, signal })) events.push(event);
  return events;
}

describe('awaitExporter', () => {
  test('one that is ready is said to be', async () => {
    const events = await eventsOf([aDeployment(rolledOut)]);
    expect(events.at(-1)).toEqual({ kind: 'finished', step: 'exporter', summary: 'ready' });
  });

  test.each([
    ['while the former one still serves', { ...rolledOut, replicas: 2, updatedReplicas: 1 }],
    ['before Kubernetes has seen the change', { ...rolledOut, observedGeneration: 1 }],
  ])('one whose image is not there is no error, and is said, %s', async (_, status) => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "node:0"' };
    const events = await eventsOf([aDeployment(status), aPod(waiting)]);
    expect(events.slice(-2)).toEqual([
      { kind: 'finished', step: 'exporter', summary: 'gone on without it after 30 s' },
      {
        kind: 'warning',
        message: expect.stringContaining('pod events-exporter-1: Waiting: ImagePullBackOff'),
        hint: expect.stringContaining('images.workload'),
      },
    ]);
  });

  test('one that is still starting is said to be, and one that cannot be looked at fails nothing either', async () => {
    const starting = await eventsOf([aDeployment({}), aPod({ reason: 'ContainerCreating' })]);
    expect(starting.at(-1)).toMatchObject({ kind: 'warning', message: expect.stringContaining('starting') });
    await using fake = await fakeObjects([], () => aStatus(403, 'not allowed'));
    const events = awaitExporter({ kube: fake.kube, spec, signal });
    let last: StepEvent | undefined;
    for await (const event of events) last = event;
    expect(last).toMatchObject({ kind: 'warning' });
  });
});
