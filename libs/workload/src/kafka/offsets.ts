import type { Brokers } from './connections.ts';
import { listOffsets } from './requests.ts';
import type { Routes } from './routes.ts';

type Options = { routes: Routes; connections: Brokers };

/** The first or the end offset of each partition, in order; null where its leader did not tell. Never throws. */
export async function offsetsOf(which: 'earliest' | 'latest', options: Options): Promise<(number | null)[]> {
  const { routes, connections } = options;
  const offsets: (number | null)[] = Array.from({ length: routes.partitions }, () => null);
  await Promise.all(
    routes.leaders().map(async ({ broker, address }) => {
      const request = listOffsets(routes.topic, routes.partitionsLedBy(broker), which);
      const answers = await connections.send('ask', address, request, askTimeoutMs).catch(() => []);
      for (const { partition, errorCode, offset } of answers)
        if (errorCode === 0) offsets[partition] = offset;
    }),
  );
  if (offsets.includes(null)) await routes.refresh().catch(() => undefined);
  return offsets;
}

const askTimeoutMs = 2000;
