import { describeLogDirsApi, ERROR } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

/**
 * A broker's log directories, with every log in them or with none. The broker is asked itself. Throws `kafka-refused` with
 * Kafka's reason, also where one directory alone cannot be read.
 */
export async function readLogDirs(
  kafka: KafkaConnection,
  brokerId: number,
  { logs }: { logs: 'all' | 'none' },
) {
  const topics = logs === 'all' ? null : [];
  const { errorCode, directories } = await kafka.askBroker(brokerId, describeLogDirsApi, { topics });
  const failed = [errorCode, ...directories.map((directory) => directory.errorCode)].find(
    (code) => code !== ERROR.none,
  );
  const what = logs === 'all' ? 'logs' : 'disks';
  if (failed !== undefined) throw refused(`the ${what} of broker ${brokerId} cannot be read`, failed);
  return directories;
}
