import type { Command } from 'commander';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

/** `kafka-ha topics`. */
export function topicsCommand(run: Run): Command {
  return targetCommand('topics', 'list the topics: partitions, replicas, size, what is under-replicated')
    .addHelpText('after', help)
    .action((_, self: Command) => topics(self.optsWithGlobals<TargetOptions>(), run));
}

async function topics(options: TargetOptions, { signal }: Run): Promise<void> {
  const { openKafka, readTopicOverview } = await import('@kafka-ha/cluster');
  const { loadTarget } = await import('../load-target.ts');
  const { printTopics } = await import('../output/print-topics.ts');
  await using kafka = await openKafka(await loadTarget(options, signal));
  const found = await readTopicOverview(kafka);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ topics: found }, null, 2)}\n`);
  else printTopics(found, process.stdout);
}

const help = `
The size is that of all replicas on all disks. Topics are created from the cluster file: add one to \`topics\` and run
kafka-ha deploy.`;
