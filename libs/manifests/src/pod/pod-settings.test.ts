import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { kafkaStatefulSet } from '../kafka/kafka-stateful-set.ts';
import { zookeeperStatefulSet } from '../zookeeper/zookeeper-stateful-set.ts';

type Overrides = Parameters<typeof aSpec>[0];
type Template = { metadata: Record<string, unknown>; spec: Record<string, unknown> };

const rendered = (of: typeof kafkaStatefulSet, overrides?: Overrides) => {
  const { spec, metadata } = of(aSpec(overrides));
  const { template, ...rest } = spec as unknown as { template: Template };
  return { template, rest: { metadata, ...rest } };
};

const pods: NonNullable<Overrides>['pods'] = {
  imagePullSecrets: ['corp'],
  nodeSelector: { pool: 'kafka' },
  tolerations: [{ key: 'dedicated', value: 'kafka', effect: 'NoSchedule' }],
  priorityClassName: 'high',
  labels: { team: 'data' },
  annotations: { 'example.com/contact': 'data@example.com' },
};

describe('podSettings', () => {
  test.each([
    ['brokers', kafkaStatefulSet],
    ['ZooKeeper servers', zookeeperStatefulSet],
  ])('%s carry what the file says of all pods, beside what is theirs', (_, of) => {
    const { metadata, spec } = rendered(of, { pods }).template;
    expect(spec).toMatchObject({
      imagePullSecrets: [{ name: 'corp' }],
      nodeSelector: { pool: 'kafka' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'kafka', effect: 'NoSchedule' }],
      priorityClassName: 'high',
    });
    const { labels, annotations } = rendered(of).template.metadata;
    expect(metadata).toEqual({
      labels: { ...(labels as object), team: 'data' },
      annotations: { ...(annotations as object), 'example.com/contact': 'data@example.com' },
    });
  });

  test('a file that says nothing of pods has none of it rendered', () => {
    const { spec } = rendered(kafkaStatefulSet).template;
    for (const field of ['imagePullSecrets', 'nodeSelector', 'tolerations', 'priorityClassName'])
      expect(spec).not.toHaveProperty(field);
  });

  test('what differs is a new revision, and nothing that a StatefulSet could not change', () => {
    const before = rendered(kafkaStatefulSet);
    const after = rendered(kafkaStatefulSet, { pods: { labels: { team: 'data' } } });
    expect(after.template).not.toEqual(before.template);
    expect(after.rest).toEqual(before.rest);
  });

  test('what is said of the ZooKeeper servers leaves the brokers as they are', () => {
    const overrides = { pods: { zookeeper: { labels: { team: 'data' } } } };
    expect(rendered(kafkaStatefulSet, overrides)).toEqual(rendered(kafkaStatefulSet));
    expect(rendered(zookeeperStatefulSet, overrides).template.metadata).toMatchObject({
      labels: { team: 'data' },
    });
  });
});
