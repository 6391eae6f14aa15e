import type { PodState } from '@kafka-ha/health';
import { ofComponent } from '@kafka-ha/manifests';
import type { Strike } from './phases.ts';
import type { Sightings } from './sightings.ts';

/**
 * Why several brokers were not hit at once, or null where they were: there was a time at which none of them was
 * registered or, where that was not seen of each, at which none of their pods was ready.
 */
export function notAtOnce({ victims, struckAtMs }: Strike, sightings: Sightings): string | null {
  const brokers = ofComponent(victims, 'kafka');
  if (brokers.length < 2 || struckAtMs === null) return null;
  const names = brokers.map(({ pod }) => pod).join(' and ');
  const absences = brokers.map(({ ordinal }) => absenceOf(ordinal, struckAtMs, sightings.registrations));
  const seen = absences.filter((absence) => absence !== null);
  if (seen.length === brokers.length) {
    const lastGone = Math.max(...seen.map(({ fromMs }) => fromMs));
    const firstBack = Math.min(...seen.map(({ toMs }) => toMs));
    return lastGone < firstBack ? null : `${names} were not away at once: one was back before the other went`;
  }
  const isAway = (pods: readonly PodState[], name: string) =>
    !pods.some((pod) => pod.name === name && pod.ready && pod.waiting === null && !pod.deleting);
  const together = sightings.pods.some(
    ({ epochMs, pods }) => epochMs >= struckAtMs && brokers.every(({ pod }) => isAway(pods, pod)),
  );
  return together ? null : `${names} were not observed to be away at once`;
}

function absenceOf(
  brokerId: number,
  struckAtMs: number,
  registrations: Sightings['registrations'],
): { fromMs: number; toMs: number } | null {
  const own = registrations.filter((seen) => seen.brokerId === brokerId && seen.epochMs >= struckAtMs);
  const gone = own.findIndex(({ isThere }) => !isThere);
  if (gone === -1) return null;
  const back = own.slice(gone).find(({ isThere }) => isThere);
  return { fromMs: own[gone]?.epochMs ?? struckAtMs, toMs: back?.epochMs ?? Infinity };
}

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
