import {
  renderAdminObjects,
  renderNamespace,
  renderObjects,
  renderServiceAccounts,
  toYaml,
} from '@kafka-ha/manifests';
import { loadSpec } from '../load-spec.ts';
import type { FileOptions } from '../program.ts';

/** `kafka-ha render`: the objects on stdout, as YAML or, with --json, as a List. */
export async function render(options: FileOptions & { admin?: boolean }): Promise<void> {
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
