import { type Component, ofComponent } from '@kafka-ha/manifests';
import type { Phases } from '../drill-result.ts';
import type { History } from '../history.ts';
import { toRunMs, type Interruptions } from '../interruptions.ts';
import type { PartitionSighting, Sightings } from './sightings.ts';

/** A pod that a fault has hit. */
export type Victim = { component: Component; pod: string; node: string; ordinal: number };

export type Strike = {
  victims: readonly Victim[];
  /** Milliseconds since 1970 by the cluster's clock; null where it was not made, or had no end of its own. */
  struckAtMs: number | null;
  endedAtMs: number | null;
};

/** Where the time of one drill went, in milliseconds of its run. */
export function phasesOf(
  history: History,
  { victims, struckAtMs, endedAtMs }: Strike,
  {
    sightings,
    interruptions,
    replicas,
  }: { sightings: Sightings; interruptions: Interruptions; replicas: number },
): Phases {
  const restarts = restartsOf(victims, sightings);
  const none = { detectedMs: null, electedMs: null, acknowledgedMs: null, inSyncMs: null, readyMs: null };
  if (struckAtMs === null) return { faultMs: null, endedMs: null, ...none, restarts };
  const inRun = (epochMs: number | null) => (epochMs === null ? null : toRunMs(history, epochMs));
  const faultMs = toRunMs(history, struckAtMs);
  const brokers = ofComponent(victims, 'kafka').map(({ ordinal }) => ordinal);
  const after = {
    registrations: sightings.registrations.filter(({ epochMs }) => epochMs >= struckAtMs),
    partitions: sightings.partitions.filter(({ epochMs }) => epochMs >= struckAtMs),
  };
  const electedMs = inRun(elected(brokers, sightings.partitions, struckAtMs));
  return {
    faultMs,
    endedMs: inRun(endedAtMs),
    detectedMs: inRun(allGone(brokers, after.registrations)),
    electedMs,
    acknowledgedMs: acknowledged(interruptions, {
      faultMs,
      untilMs: Math.max(electedMs ?? 0, faultMs + graceMs),
    }),
    inSyncMs: inRun(inSync(after.partitions, latestOf(sightings.partitions), replicas)),
    readyMs: inRun(readyAgain(sightings, struckAtMs)),
    restarts,
  };
}

/** A silence that begins later than this after the fault, or after the last election, is not the fault's own. */
const graceMs = 3_000;

/** When the last of the brokers had lost its registration. */
function allGone(brokers: readonly number[], registrations: Sightings['registrations']): number | null {
  const gone = brokers.map(
    (id) => registrations.find(({ brokerId, isThere }) => brokerId === id && !isThere)?.epochMs ?? null,
  );
  return gone.length === 0 || gone.includes(null) ? null : Math.max(...gone.map((ms) => ms ?? 0));
}

/** When the last partition that a victim led at the fault had got another leader. */
function elected(
  brokers: readonly number[],
  sightings: readonly PartitionSighting[],
  struckAtMs: number,
): number | null {
  const led = [...latestOf(sightings.filter(({ epochMs }) => epochMs < struckAtMs)).values()].filter(
    ({ leader }) => leader !== null && brokers.includes(leader),
  );
  const successions = led.map(({ partition, leader: former }) => {
    const next = sightings.find(
      (seen) =>
        seen.partition === partition &&
        seen.epochMs >= struckAtMs &&
        seen.leader !== null &&
        seen.leader !== former,
    );
    return next?.epochMs ?? null;
  });
  return successions.length === 0 || successions.includes(null)
    ? null
    : Math.max(...successions.map((ms) => ms ?? 0));
}

/** When the last partition was written to again after the silence that the fault had caused. */
function acknowledged(
  { writing }: Interruptions,
  { faultMs, untilMs }: { faultMs: number; untilMs: number },
): number | null {
  const ends = writing.perPartition
    .filter(({ atMs, ms }) => atMs <= untilMs && atMs + ms >= faultMs)
    .map(({ atMs, ms }) => atMs + ms);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** When the last partition had all its replicas in sync again; null where none had lost one, or one still lacks it. */
function inSync(
  after: readonly PartitionSighting[],
  latest: ReadonlyMap<number, PartitionSighting>,
  replicas: number,
): number | null {
  const shrunk = new Set(after.filter(({ isr }) => isr.length < replicas).map(({ partition }) => partition));
  if (shrunk.size === 0) return null;
  const last = [...shrunk].map((partition) => latest.get(partition));
  if (last.some((sighting) => (sighting?.isr.length ?? 0) < replicas)) return null;
  return Math.max(...[...shrunk].map((partition) => fullAgain(after, partition, replicas)));
}

function fullAgain(after: readonly PartitionSighting[], partition: number, replicas: number): number {
  const own = after.filter((sighting) => sighting.partition === partition);
  const lastShort = own.findLastIndex(({ isr }) => isr.length < replicas);
  return own[lastShort + 1]?.epochMs ?? 0;
}

/** When every pod was ready again; null where none was seen not to be, or one still is not. */
function readyAgain({ pods }: Sightings, struckAtMs: number): number | null {
  const looks = pods.filter(({ epochMs }) => epochMs >= struckAtMs);
  const expected = Math.max(0, ...pods.map((look) => look.pods.length));
  const lastShort = looks.findLastIndex((look) => look.pods.filter(isWhole).length < expected);
  return lastShort === -1 ? null : (looks[lastShort + 1]?.epochMs ?? null);
}

/** Of the victims' containers in the pods that they were in; a pod that was replaced starts from 0. */
function restartsOf(victims: readonly Victim[], { pods }: Sightings): number {
  const count = (look: Sightings['pods'][number] | undefined, victim: Victim) =>
    look?.pods.find(({ name }) => name === victim.pod)?.restarts ?? 0;
  return victims.reduce((sum, victim) => {
    const [before, after] = [count(pods[0], victim), count(pods.at(-1), victim)];
    return sum + Math.max(0, after - before);
  }, 0);
}

function isWhole({ ready, deleting }: Sightings['pods'][number]['pods'][number]): boolean {
  return ready && !deleting;
}

function latestOf(sightings: readonly PartitionSighting[]): Map<number, PartitionSighting> {
  return new Map(sightings.map((sighting) => [sighting.partition, sighting]));
}
