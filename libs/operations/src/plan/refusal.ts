import { KafkaHaError, type ErrorCode } from '@kafka-ha/base';

/** Why a deployment cannot be made, however long one waits: what a plan says, and a deployment throws. */
export type Refusal = { code: ErrorCode; why: string; hint: string; details?: readonly string[] };

/** @throws KafkaHaError of the first refusal; the others are its details. None: returns. */
export function refuse(refusals: readonly Refusal[]): void {
  const [first, ...others] = refusals;
  if (first === undefined) return;
  const details = [...(first.details ?? []), ...others.map(({ why }) => why)];
  throw new KafkaHaError(first.code, first.why, { hint: `${first.hint} Nothing was changed.`, details });
}
