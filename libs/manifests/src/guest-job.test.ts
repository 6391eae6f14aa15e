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
});
