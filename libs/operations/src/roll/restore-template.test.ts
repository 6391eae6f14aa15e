import { describe, expect, test } from '@jest/globals';
import { restored } from './restore-template.ts';

describe('restoreTemplate', () => {
  test('going back changes the template alone, whatever the file says by now', () => {
    const base = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
    const labels = { app: 'events' };
    const live = {
      ...base,
      metadata: { name: 'events-kafka', namespace: 'kafka', labels: { ...labels, theirs: 'x' }, uid: 'u' },
      spec: { replicas: 5, volumeClaimTemplates: ['50Gi'], revisionHistoryLimit: 10, template: { now: 1 } },
      status: {},
    };
    const rendered = {
      ...base,
      metadata: { name: 'events-kafka', namespace: 'kafka', labels },
      spec: { replicas: 3, volumeClaimTemplates: ['80Gi'], template: { wanted: 1 } },
    };
    expect(restored(live, rendered, { former: 1 })).toEqual({
      ...base,
      metadata: { name: 'events-kafka', namespace: 'kafka', labels },
      spec: { replicas: 5, volumeClaimTemplates: ['50Gi'], template: { former: 1 } },
    });
  });
});
