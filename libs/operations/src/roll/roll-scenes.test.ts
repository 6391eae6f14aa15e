import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { PodState } from '@kafka-ha/health';
import { fakeApiServer } from '@kafka-ha/kube/testing';
import { nextStep } from '@kafka-ha/planning';
import { ordinals } from '@kafka-ha/manifests';
import { answerAsZookeeper } from '@kafka-ha/cluster/testing';
import { readMemberScene, type Members } from '@kafka-ha/cluster';

/** What a roll of ZooKeeper is to do where so many servers run, of which server 2 leads, and the file says another number. */
async function decide({ running, inFile, synced }: { running: number; inFile: number; synced: number }) {
  const spec = aSpec({ zookeeper: { servers: inFile } });
  await using fake = await fakeApiServer(() => ({ json: { items: [] } }));
  answerAsZookeeper(fake, (pod) => (pod.endsWith('-2') ? { mode: 'leader', synced } : { mode: 'follower' }));
  const pods = ordinals(running).map(aServer);
  const scene = await readMemberScene(
    { kube: fake.kube, spec, signal: new AbortController().signal },
    'zookeeper',
    { statefulSet: aSet(running), pods, due: new Set(pods.map(({ name }) => name)) },
    {
      connection: () => Promise.reject(new Error('not asked')),
      [Symbol.asyncDispose]: async () => undefined,
    },
  );
  return nextStep(scene);
}

function aServer(ordinal: number): PodState {
  return {
    name: `events-zookeeper-${ordinal}`,
    uid: `uid-${ordinal}`,
    component: 'zookeeper',
    ordinal,
    phase: 'Running',
    ready: true,
    node: `node-${ordinal}`,
    zone: null,
    revision: 'old',
    restarts: 0,
    deleting: false,
    waiting: null,
    lastTermination: null,
  };
}

function aSet(replicas: number): Members['statefulSet'] {
  return {
    name: 'events-zookeeper',
    replicas,
    readyReplicas: replicas,
    currentRevision: 'old',
    updateRevision: 'new',
    generation: 1,
    observedGeneration: 1,
  };
}

describe('roll scenes', () => {
  test('a quorum is counted by the servers that run: two followers of five are no majority to spare', async () => {
    expect(await decide({ running: 5, inFile: 3, synced: 2 })).toMatchObject({
      kind: 'wait',
      reasons: ['ZooKeeper server 2 is the leader with 2 of 4 followers in sync'],
    });
  });

  test('all that run in sync is enough, whatever number the file says', async () => {
    expect(await decide({ running: 3, inFile: 5, synced: 2 })).toMatchObject({ kind: 'take' });
  });
});
