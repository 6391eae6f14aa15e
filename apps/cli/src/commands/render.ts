import { KafkaHaError } from '@kafka-ha/base';
import { Option, type Command } from 'commander';
import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '@kafka-ha/manifests';
import { fileCommand, type FileOptions } from '../options.ts';

type Options = FileOptions & {
  admin?: boolean;
  monitoring?: boolean;
  operator?: boolean;
  dashboard?: boolean;
  docs?: string;
};

/** `kafka-ha render`: the objects on stdout, as YAML or, with --json, as a List. */
export function renderCommand(): Command {
  return fileCommand('render', 'print the Kubernetes objects as YAML')
    .option('--admin', 'instead: namespace, accounts and Roles that an admin creates beforehand')
    .addOption(
      new Option('--monitoring', 'instead: alerts for Prometheus as a file of rules').conflicts('admin'),
    )
    .option(
      '--operator',
      'with --monitoring: as PrometheusRule and PodMonitor, for the Prometheus operator, and the dashboard in a ConfigMap',
    )
    .addOption(
      new Option('--dashboard', 'instead: a dashboard for Grafana, as the JSON that it imports').conflicts([
        'admin',
        'monitoring',
      ]),
    )
    .option('--docs <url>', 'with --monitoring: address of the folder docs, which alerts then link to')
    .addHelpText(
      'after',
      '\nkafka-ha render --admin | kubectl apply -f -\nkafka-ha render --monitoring --operator | kubectl apply -f -',
    )
    .action((_, self: Command) => render(self.optsWithGlobals<Options>()));
}

async function render(options: Options): Promise<void> {
  refuseWithoutMonitoring(options);
  const { loadSpec } = await import('../load-spec.ts');
  const { spec } = await loadSpec(options);
  if (options.monitoring === true || options.dashboard === true) refuseWithoutMetrics(spec, options);
  if (options.dashboard === true) return await printDashboard(spec);
  if (options.monitoring === true && options.operator !== true) return await printRules(spec, options);
  const { toYaml } = await import('@kafka-ha/manifests');
  const objects = await objectsOf(spec, options);
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`
      : toYaml(objects),
  );
}

function refuseWithoutMonitoring({ monitoring, operator, docs }: Options): void {
  const written = operator === true ? '--operator' : docs === undefined ? undefined : `--docs ${docs}`;
  if (monitoring === true || written === undefined) return;
  throw new KafkaHaError('invalid-usage', '--operator and --docs need --monitoring', {
    hint: `Run kafka-ha render --monitoring ${written} to print the alerts.`,
  });
}

/** What alerts and a dashboard go by is the exporter's. */
function refuseWithoutMetrics({ name, metrics }: Spec, { file }: Options): void {
  if (metrics !== null) return;
  throw new KafkaHaError('invalid-usage', `${file} gives ${name} no exporter, so nothing would be measured`, {
    hint: 'Write `metrics: {}` into the cluster file and deploy it first.',
  });
}

async function objectsOf(spec: Spec, { admin, monitoring, docs }: Options): Promise<KubernetesObject[]> {
  if (monitoring === true) {
    const { dashboardObject, operatorObjects } = await import('@kafka-ha/metrics');
    return [...operatorObjects(spec, { docs }), dashboardObject(spec)];
  }
  const { renderAdminObjects, renderNamespace, renderObjects, renderServiceAccounts } =
    await import('@kafka-ha/manifests');
  if (admin === true) return renderAdminObjects(spec);
  const { withExporter } = await import('@kafka-ha/exporter');
  const applied = renderObjects(await withExporter(spec));
  return [renderNamespace(spec), ...renderServiceAccounts(spec), ...applied];
}

async function printDashboard(spec: Spec): Promise<void> {
  const { dashboard } = await import('@kafka-ha/metrics');
  process.stdout.write(`${JSON.stringify(dashboard(spec), null, 2)}\n`);
}

async function printRules(spec: Spec, { docs, json }: Options): Promise<void> {
  const { ruleFile, ruleFileYaml } = await import('@kafka-ha/metrics');
  process.stdout.write(
    json === true ? `${JSON.stringify(ruleFile(spec, { docs }), null, 2)}\n` : ruleFileYaml(spec, { docs }),
  );
}
