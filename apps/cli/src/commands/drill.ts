import type { Spec } from '@kafka-ha/config';
import { duration, oneOf, rateOrShare, wholeNumber } from '@kafka-ha/config/values';
import type { ClientName } from '@kafka-ha/history';
import type { Command } from 'commander';
import { targetCommand, valueOption, type Run, type TargetOptions } from '../options.ts';

type Options = TargetOptions & {
  all?: boolean;
  allPairs?: boolean;
  rounds: number;
  partitions: number;
  rate: number;
  recordBytes: number;
  throughput?: number | { share: number };
  client: ClientName;
  duration: number;
  report: string;
  ledger: string;
};

/** `kafka-ha drill`: exits with 0 where every drill passed, 1 where one failed, 2 where one could not be judged. */
export function drillCommand(run: Run): Command {
  const upToThousand = wholeNumber({ least: 1, most: 1_000 });
  const size = wholeNumber({ least: 100, most: 1_000_000 });
  const time = duration({ least: 5_000, most: 300_000 });
  return targetCommand(
    'drill',
    'break the cluster on purpose, under load, and judge what users would have felt',
  )
    .argument('[fault...]', 'which faults (default: the five that gate a pull request)')
    .option('--all', 'every fault that this cluster allows')
    .option('--all-pairs', 'kill-two-brokers for every pair of brokers')
    .addOption(valueOption('--rounds <count>', 'how often to run all faults', upToThousand, '1'))
    .addOption(
      valueOption(
        '--partitions <count>',
        'partitions of the topic that the load writes to',
        upToThousand,
        '20',
      ),
    )
    .addOption(valueOption('--rate <count>', 'records per second to each partition', upToThousand, '10'))
    .addOption(valueOption('--record-bytes <count>', 'size of a record', size, '200'))
    .addOption(
      valueOption(
        '--throughput <rate>',
        "what a second producer writes beside the load: 20MB/s, or 50% of the file's ingest rate",
        rateOrShare,
      ),
    )
    .addOption(
      valueOption('--duration <time>', 'how long a fault lasts that does not end by itself', time, '20s'),
    )
    .addOption(
      valueOption(
        '--client <name>',
        'whose code writes and reads: own, or that of a library as applications use it: kafkajs, java',
        oneOf<ClientName>(['own', 'kafkajs', 'java']),
        'own',
      ),
    )
    .option('--report <folder>', 'where to write the report', 'drill-report')
    .option('--ledger <file>', 'file to which every drill adds a line', 'drills.jsonl')
    .addHelpText('after', help)
    .action((faults: string[], _, self: Command) => drill(faults, self.optsWithGlobals<Options>(), run));
}

async function drill(faults: readonly string[], options: Options, { signal, outcome }: Run): Promise<void> {
  const { defaultLoad, planDrills, readLedger } = await import('@kafka-ha/drills');
  const { defaultFaults, namedFault } = await import('../drills/choose-faults.ts');
  const { drillExitCodes, runDrills } = await import('../drills/run-drills.ts');
  const { kubeconfigPathOf, loadTarget } = await import('../load-target.ts');
  const { nodeFaultsOf } = await import('../drills/node-faults-of.ts');
  const named = faults.map(namedFault);
  const cluster = await loadTarget(options, signal);
  const nodes = await nodeFaultsOf(kubeconfigPathOf(options));
  const { all = false, allPairs = false, rounds, partitions, rate: ratePerSecond, recordBytes } = options;
  const wanted =
    named.length > 0 ? named : defaultFaults(cluster.spec, { all, nodesBreak: nodes !== undefined });
  const past = await readLedger(options.ledger);
  const verdict = await runDrills(
    cluster,
    {
      drills: planDrills(cluster.spec, { faults: wanted, rounds, allPairs }, past.entries),
      load: { ...defaultLoad, partitions, ratePerSecond, recordBytes },
      ...(options.throughput !== undefined && {
        throughput: bytesPerSecond(options.throughput, cluster.spec),
      }),
      durationMs: options.duration,
      ...(nodes && { nodes }),
    },
    options,
  );
  outcome.exitCode = drillExitCodes[verdict];
}

function bytesPerSecond(wanted: number | { share: number }, { ingest }: Spec): number {
  return typeof wanted === 'number' ? wanted : Math.round(wanted.share * ingest.bytesPerSecond);
}

const help = `
Faults: stop-broker, kill-broker, kill-controller, kill-zookeeper-leader, kill-two-brokers, lose-zookeeper-quorum,
pause-broker and, on a local cluster made of namespaces, crash-node, crash-zone, cut-node,
cut-peers, fill-disk, slow-network and slow-disk. drain-two-nodes cordons two nodes: elsewhere it is made only if named.

With mode: kraft there are stop-controller, kill-broker-and-controller, lose-controller-quorum and cut-controllers (on a
local cluster made of namespaces) in place of those of ZooKeeper, and kill-controller kills the active controller.

The load runs inside the cluster. It writes at fixed times with acks=all and accounts for every record; a group of consumers
reads and commits beside. A drill starts only on a healthy cluster and never takes more brokers than the file's tolerance.
With --throughput the drill begins when the second producer has reached its rate; what that writes is not accounted for.

Exit codes: 0 all passed, 1 one failed, 2 no verdict.`;
