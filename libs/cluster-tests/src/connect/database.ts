import { KafkaHaError } from '@kafka-ha/base';
import { execInPod, type FencedKube, type KubeObject } from '@kafka-ha/kube';

/** Whom the example's Secret names: it may do what `docs/connect.md` says, and no more. */
export const login = { username: 'connect', password: 'only-in-this-test', database: 'postgres' };
export const grant = `CREATE ROLE ${login.username} LOGIN PASSWORD '${login.password}';
GRANT SELECT, INSERT, UPDATE ON events TO ${login.username}`;

const pod = 'postgres';
const { signal } = new AbortController();

/** A PostgreSQL of its own: a pod that keeps what it has when its server ends, and its address. */
export function databaseObjects({ namespace, image }: { namespace: string; image: string }): KubeObject[] {
  const metadata = { name: pod, namespace, labels: { app: pod } };
  const container = {
    name: pod,
    image,
    command: ['sh', '-ec', serve],
    readinessProbe: { exec: { command: psql('SELECT 1') }, periodSeconds: 1, timeoutSeconds: 10 },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  };
  const user = { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 };
  const spec = {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 1,
    securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
    volumes: [{ name: 'data', emptyDir: {} }],
  };
  const service = { selector: metadata.labels, ports: [{ port: 5432 }] };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: service },
    { apiVersion: 'v1', kind: 'Pod', metadata, spec },
  ];
}

const serve = `
if [ ! -d /data/postgres ]; then
  initdb --pgdata /data/new --username postgres --auth-local trust --auth-host reject --encoding UTF8 --locale C.UTF-8
  echo 'host all all all scram-sha-256' >> /data/new/pg_hba.conf
  mv /data/new /data/postgres
fi
exec postgres -D /data/postgres -c listen_addresses='*' -c unix_socket_directories=/tmp -c track_commit_timestamp=on`;

function psql(statement: string): string[] {
  const options = ['--no-psqlrc', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'];
  return ['psql', ...options, '-h', '/tmp', '-U', 'postgres', '-d', login.database, '-c', statement];
}

export type Database = {
  /** What psql prints of a statement: a row a line. */
  ask: (statement: string) => Promise<string[]>;
  /** Ends the server at once, as a crash does; its pod starts it again. */
  crash: () => Promise<void>;
};

export function databaseIn(kube: FencedKube, namespace: string): Database {
  const run = async (command: readonly string[]) =>
    execInPod(kube, { namespace, pod, container: pod, command, timeoutMs: 30_000, signal });
  return {
    ask: async (statement) => {
      const { exitCode, stdout, stderr } = await run(psql(statement));
      if (exitCode !== 0) throw new KafkaHaError('pod-failed', `${statement} failed: ${stderr.trim()}`);
      return stdout.split('\n').filter((line) => line !== '');
    },
    // Its word for an end at once: the next start recovers the log.
    crash: async () =>
      void (await run(['sh', '-c', '(sleep 1; kill -QUIT 1) > /dev/null 2>&1 < /dev/null &'])),
  };
}
