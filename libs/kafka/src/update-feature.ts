import { ERROR, errorName, UPGRADE_TYPE, updateFeaturesApi } from '@kafka-ha/kafka-protocol';
import type { FencedKafka } from './kafka-connection.ts';
import { refused } from './refused.ts';

/** One feature of Kafka's metadata, and the level that it is to have. Down it goes only where no metadata is lost. */
export type FeatureUpdate = { feature: string; from: number; to: number };

/** Raises or lowers one feature. Controllers only. Throws `kafka-refused` with Kafka's reason. */
export async function updateFeature(kafka: FencedKafka, update: FeatureUpdate): Promise<void> {
  const refusal = await ask(kafka, [update], { validateOnly: false });
  const { feature, from, to } = update;
  if (refusal !== undefined)
    throw refused(`${feature} was not changed from ${from} to ${to}`, refusal.code, refusal.message);
}

/** Why Kafka would not take these updates all together now; undefined where it would. Changes nothing. */
export async function whyNotUpdated(
  kafka: FencedKafka,
  updates: readonly FeatureUpdate[],
): Promise<string | undefined> {
  const refusal = await ask(kafka, updates, { validateOnly: true });
  return refusal && (refusal.message ?? errorName(refusal.code));
}

async function ask(
  kafka: FencedKafka,
  updates: readonly FeatureUpdate[],
  { validateOnly }: { validateOnly: boolean },
): Promise<{ code: number; message: string | null } | undefined> {
  const { errorCode, errorMessage, results } = await kafka.askController(
    updateFeaturesApi,
    {
      timeoutMs,
      features: updates.map(({ feature, from, to }) => ({
        name: feature,
        maxVersionLevel: to,
        upgradeType: to > from ? UPGRADE_TYPE.upgrade : UPGRADE_TYPE.safeDowngrade,
      })),
      validateOnly,
    },
    (answer) => [answer.errorCode, ...answer.results.map((result) => result.errorCode)],
  );
  if (errorCode !== ERROR.none) return { code: errorCode, message: errorMessage };
  // Kafka 3.9 says it of each feature.
  const failed = results.find((result) => result.errorCode !== ERROR.none);
  return failed && { code: failed.errorCode, message: failed.errorMessage };
}

/** For the controllers to write it down; the answer to a request is waited for somewhat longer. */
const timeoutMs = 8_000;
