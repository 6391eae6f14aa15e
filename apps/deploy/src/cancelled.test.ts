import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { runBundle } from '@kafka-ha/action-kit/testing';

describe('cancelled', () => {
  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'a run that gets %s while it waits ends in time and says where it stopped',
    async (signal) => {
      await using server = await silentApiServer();
      let sentAt: number | undefined;
      const { exitCode, outputs, summary, log } = await runBundle('deploy', {
        inputs: { environment: 'local', kubeconfig: server.kubeconfig },
        onOutput: (log, kill) => {
          if (sentAt !== undefined || !log.includes('Check the target cluster')) return;
          sentAt = performance.now();
          kill(signal);
        },
      });
      // GitHub gives 2.5 s after SIGTERM.
      expect(performance.now() - (sentAt ?? 0)).toBeLessThan(2_500);
      expect({ exitCode, outputs }).toEqual({
        exitCode: 1,
        outputs: {
          result: 'cancelled',
          cluster: 'kafka/events',
          'stopped-at': 'Check the target cluster',
          error: 'aborted',
        },
      });
      expect(log).toContain('::error::Check the target cluster: cancelled');
      expect(summary).toContain('### ⏹️ Deploy kafka/events (local): cancelled');
      expect(summary).toContain('| Check the target cluster | **stopped here** |');
    },
    120_000,
  );

  /** One that takes requests and never answers. */
  async function silentApiServer(): Promise<AsyncDisposable & { kubeconfig: string }> {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const kubeconfig = JSON.stringify({
      'current-context': 'main',
      clusters: [{ name: 'main', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
      contexts: [{ name: 'main', context: { cluster: 'main', user: 'ana' } }],
      users: [{ name: 'ana', user: { token: 'marked' } }],
    });
    return {
      kubeconfig,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }
});
