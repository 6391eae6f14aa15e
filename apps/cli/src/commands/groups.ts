import type { Command } from 'commander';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

/** `kafka-ha groups`. */
export function groupsCommand(run: Run): Command {
  return targetCommand('groups', 'list the consumer groups and how far behind they are')
    .addHelpText('after', help)
    .action((_, self: Command) => groups(self.optsWithGlobals<TargetOptions>(), run));
}

async function groups(options: TargetOptions, { signal }: Run): Promise<void> {
  const { openClient, readGroups } = await import('@kafka-ha/client');
  const { loadTarget } = await import('../load-target.ts');
  const { printGroups } = await import('../output/print-groups.ts');
  await using client = await openClient(await loadTarget(options, signal));
  const found = await readGroups(client);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ groups: found }, null, 2)}\n`);
  else printGroups(found, process.stdout);
}

const help = `
The lag of a topic is the sum over its partitions: records between what the group has committed and the end. With --json it is
told for each partition. A group that uses the protocol of Kafka 4 (group.protocol=consumer) is listed without its state.`;
