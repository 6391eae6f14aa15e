import { addAbortSignal } from 'node:stream';
import { count, KafkaHaError } from '@kafka-ha/base';
import type { NewRecord } from '@kafka-ha/client';
import { Option, type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { targetCommand, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & {
  message?: string;
  key?: string;
  header?: Record<string, string>;
};

/** `kafka-ha produce`. */
export function produceCommand(run: Run): Command {
  const header = new Option('--header <name=value>', 'a header of every record; may be given several times');
  return targetCommand('produce', 'write records to a topic, each acknowledged by all replicas in sync')
    .argument('<topic>', 'where to')
    .option('-m, --message <text>', 'the value of one record (default: a record for each line of stdin)')
    .option('-k, --key <text>', 'the key of every record')
    .addOption(header.argParser(withHeader))
    .addHelpText('after', help)
    .action((topic: string, _, self: Command) => produce(topic, self.optsWithGlobals<Options>(), run));
}

async function produce(topic: string, options: Options, { signal, outcome }: Run): Promise<void> {
  const client = await import('@kafka-ha/client');
  const { loadTarget } = await import('../load-target.ts');
  const { linesIn } = await import('../output/lines-in.ts');
  const { json, message, key = null, header: headers = {} } = options;
  const asIs = (value: string): NewRecord => ({ key, value, headers });
  const recordOf = (line: string): NewRecord => {
    if (json !== true) return asIs(line);
    const record = client.recordOfJson(line);
    return { ...record, key: record.key ?? key, headers: { ...headers, ...record.headers } };
  };
  const cluster = await loadTarget(options, signal);
  await using kafka = await client.openClient(cluster);
  if (message === undefined && process.stdin.isTTY)
    process.stderr.write('Each line is a record. Ctrl-D ends it.\n');
  async function* batches() {
    try {
      for await (const lines of linesIn(addAbortSignal(signal, process.stdin))) yield lines.map(recordOf);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  const acknowledged = await client.produce(kafka, {
    topic,
    batches: message === undefined ? batches() : [[asIs(message)]],
    signal,
  });
  if (json === true) process.stdout.write(`${JSON.stringify({ topic, acknowledged }, null, 2)}\n`);
  else
    process.stdout.write(
      `${count(acknowledged, 'record')} acknowledged by all replicas in sync of ${topic}\n`,
    );
  if (signal.aborted) outcome.exitCode = exitCodes.interrupted;
}

function withHeader(text: string, headers: Record<string, string> = {}): Record<string, string> {
  const [, name = '', value = ''] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
  if (name !== '') return { ...headers, [name]: value };
  throw new KafkaHaError('invalid-usage', `--header takes name=value, not ${text}`);
}

const help = `
Examples:
  $ kafka-ha produce events --message '{"user":7}' --key user-7 --header source=web
  $ kafka-ha produce events < events.txt
  $ kafka-ha produce events --json < events.jsonl
  $ kafka-ha consume orders --from-beginning --json --count 100 | kafka-ha produce orders-copy --json

With --json a line of stdin is a record such as {"key": "user-7", "value": "signed up", "headers": {"source": "web"}}, and
the result is a JSON document. Bytes that are no text are written {"base64": "…"}.

Records with the same key go to the same partition, as with the Java client. acks=all is not an option but the rule: a record
that is counted survives what the cluster file tolerates. One whose acknowledgement is lost is sent again, so around a failure it
may be there twice. The connections go through the Kubernetes API: right for a first event, slow for a load.`;
