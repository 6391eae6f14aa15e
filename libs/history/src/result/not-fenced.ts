import { ofComponent } from '@kafka-ha/manifests';
import type { Sightings } from './sightings.ts';
import type { Strike } from './phases.ts';

/** Sessions are looked at now and then only, and what is seen comes a little later. */
const sessions = 1.5;

/**
 * Why a fault that outlasts a broker's session was none: the broker stayed registered all the while. Null where it did not,
 * or where nobody saw.
 */
export function notFenced(
  { victims, struckAtMs, endedAtMs }: Strike,
  { registrations }: Pick<Sightings, 'registrations'>,
  sessionMs: number,
): string | null {
  if (struckAtMs === null || endedAtMs === null || endedAtMs - struckAtMs < sessions * sessionMs) return null;
  const stayed = ofComponent(victims, 'kafka').filter(({ ordinal }) => {
    const own = registrations.filter(({ brokerId }) => brokerId === ordinal);
    return own.length > 0 && !own.some(({ isThere, epochMs }) => !isThere && epochMs >= struckAtMs);
  });
  return stayed.length === 0
    ? null
    : `${stayed.map(({ pod }) => pod).join(' and ')} stayed registered: the controllers were still reached`;
}
