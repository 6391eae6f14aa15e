import type { KubeObject } from './kube-object.ts';
import { listObjects } from './objects.ts';
import type { Kube } from './open-kube.ts';

/** What Kubernetes tells of an object, e.g. `Warning FailedScheduling: 0/5 nodes are available`. */
export type ObjectEvent = KubeObject & {
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  /** Set by the older recorders; `eventTime` and `series` by the newer. */
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count: number; lastObservedTime: string };
};

export type EventsOf = { namespace: string; kind: string; name: string; uid?: string; signal?: AbortSignal };

/** The events of a pod, oldest first; of this very pod and not of an earlier one of its name where the uid is given. */
export function podEvents(
  kube: Kube,
  { namespace, pod, uid, signal }: { namespace: string; pod: string; uid?: string; signal?: AbortSignal },
): Promise<ObjectEvent[]> {
  return objectEvents(kube, { namespace, kind: 'Pod', name: pod, uid, signal });
}

/** The events of any object, oldest first. The API server forgets them after an hour. */
export async function objectEvents(
  kube: Kube,
  { namespace, kind, name, uid, signal }: EventsOf,
): Promise<ObjectEvent[]> {
  const about = { 'involvedObject.kind': kind, 'involvedObject.name': name, 'involvedObject.uid': uid };
  const fieldSelector = Object.entries(about)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field}=${value}`)
    .join(',');
  const events = await listObjects<ObjectEvent>(
    kube,
    { apiVersion: 'v1', kind: 'Event', namespace, fieldSelector },
    { signal },
  );
  return events.sort((a, b) => eventTime(a) - eventTime(b));
}

/** When it was last seen, in milliseconds since 1970 by the clock of whoever told it. */
export function eventTime({ series, lastTimestamp, eventTime: at, metadata }: ObjectEvent): number {
  return Date.parse(series?.lastObservedTime ?? lastTimestamp ?? at ?? metadata.creationTimestamp ?? '') || 0;
}

/** One line for a person. */
export function describeEvent({ type = 'Normal', reason = '', message = '' }: ObjectEvent): string {
  return `${type} ${reason}: ${message.trim().replace(/\s+/g, ' ')}`;
}
