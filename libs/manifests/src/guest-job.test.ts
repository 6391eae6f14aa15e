import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { guestJob, guestLabels } from './guest-job.ts';

const guest = {
  name: 'events-drill',
  component: 'drill',
  deadlineSeconds: 60,
  container: { name: 'load', image: 'node:24', memory: '128Mi' },
} as const;

describe('guestJob', () => {
  test('a load runs where the cluster file lets it, and is still found by its own labels', () => {
    const spec = aSpec({
      pods: {
        imagePullSecrets: ['corp'],
        tolerations: [{ operator: 'Exists' }],
        labels: { team: 'data' },
        workload: { nodeSelector: { pool: 'loads' }, annotations: { 'sidecar.istio.io/inject': false } },
      },
    });
    expect(guestJob(spec, guest)).toMatchObject({
      metadata: { labels: guestLabels(spec, 'drill') },
      spec: {
        template: {
          metadata: {
            labels: { ...guestLabels(spec, 'drill'), team: 'data' },
            annotations: { 'sidecar.istio.io/inject': 'false' },
          },
          spec: {
            imagePullSecrets: [{ name: 'corp' }],
            tolerations: [{ operator: 'Exists' }],
            nodeSelector: { pool: 'loads' },
          },
        },
      },
    });
  });

  test('what runs beside it is bound to as little', () => {
    const beside = [{ name: 'java', image: 'apache/kafka:3.9.2', memory: '320Mi' }];
    const { template } = guestJob(aSpec(), { ...guest, beside }).spec as {
      template: { spec: { containers: object[] } };
    };
    const [load, java] = template.spec.containers;
    expect(java).toEqual({
      ...load,
      name: 'java',
      image: 'apache/kafka:3.9.2',
      resources: { requests: { cpu: '100m', memory: '320Mi' }, limits: { memory: '320Mi' } },
    });
  });
});
