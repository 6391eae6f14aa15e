import type { StepEvent } from '@kafka-ha/base';
import { workloadNode } from '@kafka-ha/config';
import { downLocalCluster, upLocalCluster, type LocalCluster, type UpOptions } from '../index.ts';
import { kubectl as administer } from '../namespaces/kubectl.ts';

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
export function kubectl(name: string, args: string[], input?: object): Promise<string> {
  const options = input === undefined ? {} : { input: JSON.stringify(input) };
  return administer(name, { log: '/dev/null', signal: never }, args, options);
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
          image: `node:${workloadNode}`,
          command: ['sh', '-c', 'while true; do echo here | nc -l -p 7000; done'],
        },
      ],
      ...more,
    },
  };
}
