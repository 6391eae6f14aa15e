import { getExecOutput } from '@actions/exec';
import type { PostRun } from '@kafka-ha/action-kit';
import { messageOf } from '@kafka-ha/base';
import { downLocalCluster, kubectlCommand } from '@kafka-ha/local-cluster';

/** What somebody looks for after a job that failed. */
const views = [
  ['get', 'pods', '--all-namespaces', '--output=wide'],
  ['get', 'events', '--all-namespaces', '--field-selector=type=Warning', '--sort-by=.lastTimestamp'],
];

/** Shows what ran in the cluster, then removes it. That it could not be shown keeps nothing from being removed. */
export async function removeCluster(name: string, { show, list, signal }: PostRun): Promise<void> {
  const lines: string[] = [];
  for (const view of views) lines.push(...(await linesOf(name, view)));
  list('What ran in the cluster', lines);
  await show(downLocalCluster({ name, signal }));
}

async function linesOf(name: string, view: readonly string[]): Promise<string[]> {
  try {
    const [program, ...first] = await kubectlCommand(name);
    const asked = [...first, ...view, '--request-timeout=10s'];
    // Not printed by the runner's library: names and events are text of somebody else's.
    const { stdout, stderr } = await getExecOutput(program, asked, { silent: true, ignoreReturnCode: true });
    return `${stdout}${stderr}`.split('\n').filter(Boolean);
  } catch (error) {
    return [`${view.join(' ')}: ${messageOf(error)}`];
  }
}
