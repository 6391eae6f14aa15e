import { join } from 'node:path';
import type { StepEvent } from '@kafka-ha/events';
import { readState } from '../cluster-state.ts';
import { downLocalCluster, upLocalCluster, type LocalCluster, type UpOptions } from '../index.ts';
import { kubeconfigPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';

const never = new AbortController().signal;

/** A small cluster made of namespaces. `onEvent` sees every event as it comes. */
export async function up(
  name: string,
  options: Partial<UpOptions> = {},
  onEvent: (event: StepEvent) => void = () => undefined,
): Promise<LocalCluster> {
  const events = upLocalCluster({ name, workers: 1, provider: 'namespaces', signal: never, ...options });
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
    onEvent(value);
  }
}

export async function down(name: string): Promise<void> {
  const events = downLocalCluster({ name, signal: never });
  while (!(await events.next()).done);
}

/** kubectl's stdout; rejects with its last complaint. */
export async function kubectl(name: string, args: string[], input?: object): Promise<string> {
  const state = await readState(name);
  const program = join(state?.provider === 'namespaces' ? state.builds.programs : '', 'kubectl');
  return runCommand(
    { log: '/dev/null', signal: never },
    [program, '--kubeconfig', kubeconfigPath(name), ...args],
    input === undefined ? {} : { input: JSON.stringify(input) },
  );
}

/** A pod that answers `here` to whoever connects to its port 7000. */
export function aPod(name: string, node: string, more: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'main',
          image: 'node:20',
          command: ['sh', '-c', 'while true; do echo here | nc -l -p 7000; done'],
        },
      ],
      ...more,
    },
  };
}
