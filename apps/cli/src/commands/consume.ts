import { once } from 'node:events';
import { count as counted } from '@kafka-ha/base';
import { wholeNumber } from '@kafka-ha/config/values';
import type { ReadRecord } from '@kafka-ha/client';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & { fromBeginning?: boolean; count?: number; group?: string };

/** `kafka-ha consume`. */
export function consumeCommand(run: Run): Command {
  const records = wholeNumber({ least: 1, most: 1_000_000_000 });
  return targetCommand('consume', 'read the records of a topic until Ctrl-C')
    .argument('<topic>', 'where from')
    .option('--from-beginning', 'all that the topic holds (default: what is written from now on)')
    .addOption(valueOption('-n, --count <number>', 'end after so many records', records))
    .option('-g, --group <name>', 'continue where this group has stopped, and commit (default: no group)')
    .addHelpText('after', help)
    .action((topic: string, _, self: Command) => consume(topic, self.optsWithGlobals<Options>(), run));
}

async function consume(topic: string, options: Options, { signal, outcome }: Run): Promise<void> {
  const client = await import('@kafka-ha/client');
  const { loadTarget } = await import('../load-target.ts');
  const { bytesFor } = await import('../output/bytes-for.ts');
  const { json, fromBeginning, count, group } = options;
  const { stdout } = process;
  const onRecord = async (record: ReadRecord) => {
    const line = json === true ? client.jsonOfRecord(record) : bytesFor(stdout, record.value);
    stdout.write(line);
    if (!stdout.write('\n')) await once(stdout, 'drain', { signal }).catch(() => undefined); // Ctrl-C ends the wait, too.
  };
  await using kafka = await client.openClient(await loadTarget(options, signal));
  const taken = await client.consume(kafka, {
    topic,
    fromBeginning,
    count,
    group,
    onRecord,
    onReady: sayOnce(`Reading ${topic}. Ctrl-C ends it.`),
    signal,
  });
  if (!signal.aborted) return;
  sayOnce(counted(taken, 'record'))();
  outcome.exitCode = exitCodes.interrupted;
}

/** To the person at a terminal: the records alone are on stdout. */
function sayOnce(text: string): () => void {
  let said = false;
  return () => {
    if (!said && process.stderr.isTTY) process.stderr.write(`${text}\n`);
    said = true;
  };
}

const help = `
Examples:
  $ kafka-ha consume events --from-beginning --count 1
  $ kafka-ha consume events --json | jq .value
  $ kafka-ha consume events --group billing --from-beginning

A record is printed as its value and a newline; with --json as one line with partition, offset, timestamp, key, value and
headers, in which bytes that are no text are {"base64": "…"}. The order is that of each partition. Left out are the records with
which a deployment has proven a new topic, one in each partition; other consumers see them, by their header kafka-ha: probe.

Without --group nothing is committed, and no group is left behind. With it, what was printed is committed; --from-beginning
then counts only where the group has committed nothing. Records that are compressed with zstd need Node 22.15 or later.

Exit codes: 0 after --count records, 130 after Ctrl-C.`;
