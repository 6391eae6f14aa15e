import { describe, expect, test } from '@jest/globals';
import type { ContainerState, Pod } from '@kafka-ha/kube';
import { guestEnd } from './guest-end.ts';

function podWith(phase: string, state: ContainerState): Pod {
  const container = { ready: false, restartCount: 0 };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'events-drill' },
    spec: { containers: [] },
    status: {
      phase,
      containerStatuses: [
        { ...container, name: 'istio-proxy', state: { running: {} } },
        { ...container, name: 'workload', state },
      ],
    },
  };
}

describe('guestEnd', () => {
  test.each([
    ['succeeded', { terminated: { exitCode: 0 } }],
    ['failed', { terminated: { exitCode: 1 } }],
    [undefined, { running: {} }],
  ] as const)('beside a sidecar that runs on, a guest has %s', (end, state) => {
    expect(guestEnd('drill', podWith('Running', state))).toBe(end);
  });

  test('a pod that was evicted before its container began has failed', () => {
    expect(guestEnd('drill', podWith('Failed', {}))).toBe('failed');
  });
});
