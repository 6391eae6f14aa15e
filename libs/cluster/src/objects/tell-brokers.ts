import { waitFor } from '@kafka-ha/base';
import { isSameValue } from '@kafka-ha/config';
import {
  alterBrokerConfigs,
  readBrokerConfigs,
  readCluster,
  type FencedKafka,
  type KafkaConnection,
} from '@kafka-ha/kafka';
import { poolSteps, type DynamicChange } from '@kafka-ha/planning';

/** Brokers are notified: some hundred milliseconds, more on a busy broker. */
const inForceWithinMs = 30_000;

/**
 * Gives running brokers dynamic keys, and returns once each has taken them up. All are asked first whether they would take
 * them, so that a value that Kafka refuses has changed nothing.
 *
 * @throws KafkaHaError `kafka-refused`, `deadline-exceeded`.
 */
export async function* tellBrokers(
  kafka: FencedKafka,
  changes: readonly DynamicChange[],
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  for (const each of changes) await alter(kafka, each, firstStep(each), { validateOnly: true });
  for (const each of changes) {
    yield describeChange(each);
    for (const value of stepsOf(each)) {
      await alter(kafka, each, value);
      await inForce(kafka, each, value, signal);
    }
  }
}

/** E.g. `num.io.threads 4 → 8`. */
export function describeChange({ entity, key, from, to }: DynamicChange): string {
  const whose = entity === 'all' ? '' : ` of broker ${entity}`;
  return `${key}${whose} ${from ?? 'unset'} → ${to ?? 'as all brokers'}`;
}

/** Kafka takes a pool's size in steps, any other key at once. */
function stepsOf({ key, from, to }: DynamicChange): (string | null)[] {
  if (to === null || from === null || !isPool(key)) return [to];
  return poolSteps(Number(from), Number(to)).map(String);
}

function firstStep(change: DynamicChange): string | null {
  return stepsOf(change)[0] ?? change.to;
}

/** The keys of `DynamicThreadPool` in Kafka 3.9, and the cleaner's. */
function isPool(key: string): boolean {
  return /^(num\.(io|network|replica\.fetchers|recovery)|background\.threads|log\.cleaner\.threads)/.test(
    key,
  );
}

async function alter(
  kafka: FencedKafka,
  { entity, key }: DynamicChange,
  value: string | null,
  options: { validateOnly?: boolean } = {},
): Promise<void> {
  await alterBrokerConfigs(kafka, entity, { [key]: value }, options);
}

/** A broker that has a value of its own is told of that in its turn. */
async function inForce(
  kafka: KafkaConnection,
  { entity, key }: DynamicChange,
  value: string | null,
  signal: AbortSignal,
): Promise<void> {
  await waitFor(
    `${key} to take effect`,
    async () => {
      const { brokers } = await readCluster(kafka);
      const ids = entity === 'all' ? brokers.map(({ id }) => id) : [entity];
      const configs = [...(await readBrokerConfigs(kafka, ids)).values()].map((keys) => keys[key]);
      return configs.every((config) =>
        entity === 'all'
          ? config?.source === 'dynamic-broker' || value === null || isSameValue(key, config?.value, value)
          : config?.source !== 'dynamic-broker',
      );
    },
    { deadlineMs: inForceWithinMs, intervalMs: 200, signal },
  );
}
