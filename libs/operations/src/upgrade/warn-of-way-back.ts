import type { StepEvent } from '@kafka-ha/base';
import { releaseNumber } from '@kafka-ha/config';
import type { Cluster } from '@kafka-ha/cluster';
import { readNodes } from '../plan/read-running-metadata.ts';

/**
 * From 4.4 on a controller's volume is formatted otherwise (KIP-1170), and Kafka promises nothing of older binaries on it. Nothing
 * on a volume tells for sure what has formatted it. Kafka 3.9.2 was seen to start from one, with the metadata whole.
 */
export async function* warnOfWayBack(cluster: Cluster): AsyncGenerator<StepEvent, void> {
  const { mode, versions } = cluster.spec;
  if (mode !== 'kraft' || releaseNumber(versions.kafka) >= formatsOtherwise) return;
  const nodes = await readNodes(cluster);
  const newer = nodes.find(({ version = '0' }) => releaseNumber(version) >= formatsOtherwise);
  if (newer === undefined) return;
  yield {
    kind: 'warning',
    message: `${newer.name} runs ${newer.version}. If a controller's volume was formatted by Kafka 4.4 or later, Kafka does not promise that ${versions.kafka} can use it.`,
    hint: 'Volumes from before the upgrade are not concerned. Controllers restart one at a time, and the first that does not come up is put back.',
  };
}

const formatsOtherwise = releaseNumber('4.4');
