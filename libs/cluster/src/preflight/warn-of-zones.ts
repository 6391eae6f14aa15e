import type { StepEvent } from '@kafka-ha/base';
import { whyZonesAreNotHeeded } from '@kafka-ha/health';
import type { Cluster } from '../cluster.ts';
import { readZoneSource } from '../state/read-zone-source.ts';

/** Says once, before anything is placed, that brokers will not know their zones. */
export async function* warnOfZones(cluster: Cluster): AsyncGenerator<StepEvent, void> {
  const zones = await readZoneSource(cluster);
  const reason = zones === undefined ? null : whyZonesAreNotHeeded(zones);
  if (reason !== null)
    yield { kind: 'warning', message: reason, hint: 'If there is only one zone, this makes no difference.' };
}
