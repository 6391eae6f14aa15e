import type { StepEvent } from '@kafka-ha/events';
import { readState, writeState } from '../cluster-state.ts';
import { localClusterStatus } from '../local-cluster-status.ts';
import type { LocalCluster } from '../local-cluster.ts';
import { kubeconfigPath, logPath } from '../paths.ts';
import { refuseOther, type Wanted } from '../refuse-other.ts';
import { runCommand } from '../run-command.ts';
import { step } from '../step.ts';
import { versions } from '../versions.ts';
import { createCommand, deleteCommand } from './kind-commands.ts';
import { kindConfig } from './kind-config.ts';
import { kindProgram } from './kind-program.ts';

const check = { id: 'check', title: 'Look for the cluster' };
const program = { id: 'kind', title: `Find or install kind ${versions.kind}` };
const create = { id: 'create', title: 'Create the cluster in Docker' };

/** A cluster of kind's: nodes are containers, and their images come from where pods say. */
export async function* upKind(
  name: string,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<StepEvent, LocalCluster> {
  const { workers, zones } = wanted;
  const at = (id: string) => ({ log: logPath(name, id), signal });
  yield { kind: 'steps', steps: [check, program, create] };
  let status = await localClusterStatus({ name });
  yield* step(check, at(check.id), async () => {
    const state = await readState(name);
    if (state?.complete) refuseOther(name, state, wanted);
    return status.kind === 'running' ? `${status.nodes.length} nodes, up already` : 'none';
  });
  if (status.kind !== 'running') {
    let kind = '';
    yield* step(program, at(program.id), async (job) => {
      kind = await kindProgram(job);
      return kind;
    });
    yield* step(create, at(create.id), async (job) => {
      await writeState(name, { provider: 'kind', complete: false, workers, zones });
      await runCommand(job, deleteCommand(kind, name));
      await runCommand(job, createCommand(kind, name), {
        input: kindConfig(workers, zones),
        onLine: job.say,
      });
      await writeState(name, { provider: 'kind', complete: true, workers, zones });
    });
    status = await localClusterStatus({ name });
  }
  const nodes = status.kind === 'running' ? status.nodes.map((node) => node.name) : [];
  return { name, kubeconfigPath: kubeconfigPath(name), provider: 'kind', nodes };
}
