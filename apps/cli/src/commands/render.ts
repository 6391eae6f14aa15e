import type { Command } from 'commander';
import { fileCommand, type FileOptions } from '../options.ts';

type Options = FileOptions & { admin?: boolean };

/** `kafka-ha render`: the objects on stdout, as YAML or, with --json, as a List. */
export function renderCommand(): Command {
  return fileCommand('render', 'print the Kubernetes objects as YAML')
    .option('--admin', 'instead: namespace, accounts and Roles that an admin creates beforehand')
    .addHelpText('after', '\nkafka-ha render --admin | kubectl apply -f -')
    .action((_, self: Command) => render(self.optsWithGlobals<Options>()));
}

async function render(options: Options): Promise<void> {
  const { renderAdminObjects, renderNamespace, renderObjects, renderServiceAccounts, toYaml } =
    await import('@kafka-ha/manifests');
  const { loadSpec } = await import('../load-spec.ts');
  const { spec } = await loadSpec(options);
  const objects =
    options.admin === true
      ? renderAdminObjects(spec)
      : [renderNamespace(spec), ...renderServiceAccounts(spec), ...renderObjects(spec)];
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`
      : toYaml(objects),
  );
}
