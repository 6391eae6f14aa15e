import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@kafka-ha/base';
import type { Spec } from '@kafka-ha/config';
import { applyObject, execInPod, getObject, request, type FencedKube } from '@kafka-ha/kube';
import { exporterPort, fieldManager, metricsLabel, names, type KubernetesObject } from '@kafka-ha/manifests';
import { ruleFileYaml } from '@kafka-ha/metrics';
import { freshNamespace, localClusterOf, removeNamespace, type RealCluster } from '@kafka-ha/testing';
import { stringify } from 'yaml';

/** What a query has found: by its labels, values over time, or the one of now. */
export type Series = { labels: Readonly<Record<string, string>>; points: readonly Point[] };
export type Point = { atMs: number; value: number };

export type Prometheus = {
  startedAtMs: number;
  query: (expr: string) => Promise<Series[]>;
  /** A value every `stepSeconds`; those at which there was none are left out. */
  queryRange: (expr: string, range: { fromMs: number; toMs: number }) => Promise<Series[]>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** How often it scrapes and evaluates, and how close its answers are. */
export const stepSeconds = 5;

/** A cluster whose exporter there never was: what is said of it, by its own rules, is that nothing is known. */
export const unknownCluster = 'nobody';

const programs = new URL('../../../../tools/programs.mjs', import.meta.url).pathname;
const { prometheusPrograms } = (await import(programs)) as { prometheusPrograms: string };
const program = join(prometheusPrograms, 'prometheus');
const { signal } = new AbortController();
const pod = 'prometheus';
const folder = '/prometheus';

/** A Prometheus in a pod, with the rules that `render --monitoring` prints and the scrape settings of docs/monitoring.md. */
export async function startPrometheus(real: RealCluster, spec: Spec): Promise<Prometheus> {
  if (!existsSync(program))
    throw new Error(`There is no ${program}, which \`npm run test:all\` takes from Debian's package.`);
  const { kube } = real;
  const namespace = freshNamespace('prometheus');
  // Where no drill breaks the node.
  const [nodeName = ''] = (await localClusterOf(real)).nodes;
  for (const object of objectsOf(spec, { namespace, nodeName }))
    await applyObject(kube, object, { fieldManager, signal });
  await bringProgram(kube, namespace);
  const startedAtMs = Date.now();
  const ask = async <T>(path: string, query: Record<string, string>): Promise<T> => {
    const answer = await request<{ data: { result: T } }>(kube, {
      method: 'GET',
      path: `/api/v1/namespaces/${namespace}/pods/${pod}:9090/proxy/api/v1/${path}`,
      query,
      what: `ask Prometheus for ${query['query']}`,
      signal,
    });
    return answer.body.data.result;
  };
  const prometheus: Prometheus = {
    startedAtMs,
    query: async (query) =>
      (await ask<{ metric: Series['labels']; value: Raw }[]>('query', { query })).map(
        ({ metric, value }) => ({
          labels: metric,
          points: [pointOf(value)],
        }),
      ),
    queryRange: async (query, { fromMs, toMs }) => {
      const range = { start: String(fromMs / 1000), end: String(toMs / 1000), step: `${stepSeconds}s` };
      const found = await ask<{ metric: Series['labels']; values: Raw[] }[]>('query_range', {
        query,
        ...range,
      });
      return found.map(({ metric, values }) => ({ labels: metric, points: values.map(pointOf) }));
    },
    [Symbol.asyncDispose]: () => removeNamespace(real, namespace),
  };
  await waitFor('Prometheus to know the cluster', () => scraped(prometheus), {
    deadlineMs: 60_000,
    intervalMs: 1_000,
  });
  return prometheus;
}

type Raw = [atSeconds: number, value: string];

function pointOf([atSeconds, value]: Raw): Point {
  return { atMs: atSeconds * 1000, value: Number(value.replace('Inf', 'Infinity')) };
}

/** Not before it listens, and the exporter has read. */
async function scraped({ query }: Prometheus): Promise<boolean> {
  const found = await query('kafka_ha_losses_left').catch(() => []);
  return found.length > 0;
}

function objectsOf(
  spec: Spec,
  { namespace, nodeName }: { namespace: string; nodeName: string },
): KubernetesObject[] {
  const target = `${names(spec).exporter}.${spec.namespace}.svc:${exporterPort}`;
  const config = {
    global: { scrape_interval: `${stepSeconds}s`, evaluation_interval: `${stepSeconds}s` },
    scrape_configs: [{ job_name: 'kafka-ha', static_configs: [{ targets: [target] }] }],
    rule_files: ['kafka-ha.yaml', 'nobody.yaml'],
  };
  const data = {
    'prometheus.yaml': stringify(config),
    'kafka-ha.yaml': ruleFileYaml(spec, {}),
    'nobody.yaml': ruleFileYaml({ ...spec, name: unknownCluster }, {}),
  };
  const start = `until [ -e ${folder}/ready ]; do sleep 0.2; done; exec ${folder}/prometheus`;
  const flags = `--config.file=/config/prometheus.yaml --storage.tsdb.path=${folder}/data`;
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { [metricsLabel]: 'true' } },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: pod, namespace }, data },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod, namespace },
      spec: {
        nodeName,
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: pod,
            // It has the C library, which is all that the program needs.
            image: spec.images.workload,
            command: ['sh', '-c', `${start} ${flags}`],
            volumeMounts: [
              { name: 'config', mountPath: '/config' },
              { name: 'data', mountPath: folder },
            ],
          },
        ],
        volumes: [
          { name: 'config', configMap: { name: pod } },
          { name: 'data', emptyDir: {} },
        ],
      },
    },
  ];
}

async function bringProgram(kube: FencedKube, namespace: string): Promise<void> {
  const isRunning = async () => {
    const found = await getObject(kube, { apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, { signal });
    return (found?.['status'] as { phase?: string } | undefined)?.phase === 'Running';
  };
  await waitFor('the pod of Prometheus', isRunning, { deadlineMs: 60_000, intervalMs: 500 });
  const put = `cat > ${folder}/prometheus && chmod +x ${folder}/prometheus && touch ${folder}/ready`;
  const { exitCode, stderr } = await execInPod(kube, {
    namespace,
    pod,
    container: pod,
    command: ['sh', '-c', put],
    stdin: await readFile(program),
    timeoutMs: 120_000,
    signal,
  });
  if (exitCode !== 0) throw new Error(`Prometheus could not be brought into its pod: ${stderr}`);
}
