import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { anExporterPod } from '../testing.ts';
import { exporterFindings } from './exporter.ts';

const spec = aSpec({ metrics: {} });
const starting = { ready: false, notReadyForMs: 20_000 };

describe('exporterFindings', () => {
  test.each([
    ['one that serves', [anExporterPod()]],
    ['one that has come back', [anExporterPod({ restarts: 2 })]],
    ['one that starts', [anExporterPod(starting)]],
    [
      'one whose container is being made',
      [anExporterPod({ ...starting, waiting: { reason: 'ContainerCreating', message: null } })],
    ],
    [
      'one in the place of another that ends',
      [anExporterPod({ ready: false, deleting: true }), anExporterPod()],
    ],
    [
      'one in the place of another that was evicted',
      [anExporterPod({ ready: false, phase: 'Failed' }), anExporterPod()],
    ],
  ])('%s is none', (_, exporter) => {
    expect(exporterFindings(spec, { exporter })).toEqual([]);
  });

  test('where nobody has looked there is none, and where it has no pod it is to be deployed', () => {
    expect(exporterFindings(spec, {})).toEqual([]);
    expect(exporterFindings(spec, { exporter: [anExporterPod({ deleting: true })] })).toMatchObject([
      { subject: 'Deployment events-exporter', action: expect.stringContaining('kafka-ha deploy') },
    ]);
  });

  test('one that ends again and again is told with how it ended, and which log says why', () => {
    const exporter = [
      anExporterPod({
        ready: false,
        restarts: 4,
        waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' },
        lastTermination: { reason: 'OOMKilled', exitCode: 137 },
      }),
    ];
    expect(exporterFindings(spec, { exporter })).toMatchObject([
      {
        code: 'exporter-not-ready',
        severity: 'warning',
        reason: 'Waiting: CrashLoopBackOff. Restarted 4 times, last after OOMKilled (exit code 137).',
        action: expect.stringContaining('kubectl -n kafka logs events-exporter-5d4f-x7k2p --previous'),
      },
    ]);
  });

  test('one whose image is not there is told beside the former one that still serves', () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "node:0".' };
    const young = anExporterPod({ name: 'events-exporter-2', ready: false, phase: 'Pending', waiting });
    expect(exporterFindings(spec, { exporter: [anExporterPod(), young] })).toMatchObject([
      { subject: 'pod events-exporter-2', action: expect.stringContaining('images.workload') },
    ]);
  });

  test('one that is not ready long after it was made is told, whatever Kubernetes says of it', () => {
    const exporter = [anExporterPod({ ready: false, notReadyForMs: 121_000 })];
    expect(exporterFindings(spec, { exporter })).toMatchObject([{ reason: 'Running, not ready.' }]);
  });
});
