import { aPod, kubectl } from './cluster-under-test.ts';

/** What a command prints in a pod of its own on the cluster of that name, made of an image and run as a user that is nobody special. */
export async function printedBy(name: string, image: string, command: string): Promise<string> {
  const pod = `run-${Math.random().toString(36).slice(2)}`;
  const container = {
    name: 'main',
    image,
    command: ['sh', '-c', command],
    securityContext: {
      runAsUser: 1000,
      runAsGroup: 1000,
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  await kubectl(
    name,
    ['create', '-f', '-'],
    aPod(pod, 'node-1', { containers: [container], restartPolicy: 'Never' }),
  );
  await kubectl(name, ['wait', `pod/${pod}`, '--for=jsonpath={.status.phase}=Succeeded', '--timeout=60s']);
  return kubectl(name, ['logs', pod]);
}
