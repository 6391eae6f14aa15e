import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '../check-cluster-file.ts';
import { aSpec } from '../testing.ts';

describe('podFields', () => {
  test('a component has what all pods have, its own mappings over it and its own lists in place of it', () => {
    const { pods } = aSpec({
      pods: {
        imagePullSecrets: ['corp', { name: 'mirror' }],
        nodeSelector: { pool: 'kafka', disk: 'ssd' },
        tolerations: [{ key: 'dedicated', value: 'kafka', effect: 'NoSchedule' }],
        priorityClassName: 'high',
        labels: { team: 'data' },
        zookeeper: {
          nodeSelector: { pool: 'small' },
          tolerations: [],
          priorityClassName: 'higher',
          annotations: { 'sidecar.istio.io/inject': false },
        },
      },
    });
    expect(pods.kafka).toEqual({
      imagePullSecrets: ['corp', 'mirror'],
      nodeSelector: { pool: 'kafka', disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'kafka', effect: 'NoSchedule' }],
      priorityClassName: 'high',
      labels: { team: 'data' },
      annotations: {},
    });
    expect(pods.workload).toEqual(pods.kafka);
    expect(pods.zookeeper).toEqual({
      ...pods.kafka,
      nodeSelector: { pool: 'small', disk: 'ssd' },
      tolerations: [],
      priorityClassName: 'higher',
      annotations: { 'sidecar.istio.io/inject': 'false' },
    });
  });

  test.each([
    ['{ labels: { app.kubernetes.io/name: mine } }', /finds its own pods/],
    ['{ kafka: { labels: { app.kubernetes.io/instance: mine } } }', /finds its own pods/],
    ['{ labels: { kafka-ha/x: mine } }', /belongs to kafka-ha/],
    ['{ labels: { topology.kubernetes.io/zone: a } }', /comes from the pod's node/],
    ['{ labels: { controller-revision-hash: a } }', /Kubernetes itself/],
    ['{ labels: { statefulset.kubernetes.io/pod-name: a } }', /Kubernetes itself/],
    ['{ annotations: { kafka-ha/start.sh: exit } }', /belongs to kafka-ha/],
    ['{ labels: { team: a b } }', /at most 63 letters/],
    ['{ labels: { a team: a } }', /names such as team/],
    ['{ nodeSelector: { a/b/c: a } }', /names such as team/],
    ['{ imagePullSecrets: [Corp] }', /the name of a Secret/],
    ['{ imagePullSecrets: corp }', /a list of names of Secrets/],
    ['{ tolerations: [{ value: a }] }', /needs the operator Exists/],
    ['{ tolerations: [{ operator: Exists, value: a }] }', /has no value/],
    ['{ tolerations: [{ key: a, tolerationSeconds: 5 }] }', /needs the effect NoExecute/],
    ['{ kafka: { tolerations: [{ key: a, efect: NoSchedule }] } }', /did you mean "effect"/],
  ])('pods: %s is refused', (pods, reason) => {
    const result = checkClusterFile(`name: events\npods: ${pods}\n`, { file: 'cluster.yaml' });
    expect(result.kind === 'refused' && result.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(reason),
    ]);
  });

  test.each([
    ['a taint of any value', { key: 'dedicated', operator: 'Exists' }],
    ['every taint', { operator: 'Exists' }],
    ['a taint for a while', { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 }],
  ] as const)('%s can be borne', (_, toleration) => {
    expect(aSpec({ pods: { tolerations: [toleration] } }).pods.kafka.tolerations).toEqual([toleration]);
  });
});
