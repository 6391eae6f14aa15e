import { describe, expect, test } from '@jest/globals';
import type { ContainerStatus, Pod } from '@kafka-ha/kube';
import { refuseRestarted } from './await-back.ts';

const kafka: ContainerStatus = { name: 'kafka', ready: true, restartCount: 0, state: { running: {} } };
const restarted = { restartCount: 2, lastState: { terminated: { exitCode: 1 } } };

function podWith(...containerStatuses: ContainerStatus[]): Pod {
  const spec = { containers: [] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b-1' }, spec, status: { containerStatuses } };
}

const member = { name: 'b-1', component: 'kafka' } as const;

describe('awaitBack', () => {
  test('a broker that was ready and ended twice is no broker that is back', () => {
    expect(() => refuseRestarted(member, podWith({ ...kafka, ...restarted }))).toThrow(
      /ended again: exit code 1/,
    );
  });

  test('a sidecar that ends again and again says nothing of the broker', () => {
    const sidecar = { ...kafka, name: 'agent', ...restarted };
    expect(() => refuseRestarted(member, podWith(sidecar, kafka))).not.toThrow();
  });
});
