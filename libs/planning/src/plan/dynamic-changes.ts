import { isSameValue } from '@kafka-ha/config';

/** A broker's value for one key, and who set it. */
export type KeyInForce = {
  value: string | null;
  source: string;
  builtIn?: string;
};

/** One dynamic key to set, for all brokers or for one; `to` null takes a value back. */
export type DynamicChange = {
  entity: number | 'all';
  key: string;
  from: string | null;
  to: string | null;
};

/**
 * What running brokers are to be told so that they run with the file's dynamic keys, without a restart. A value set for
 * one broker outranks what all are given, so one that differs is taken back. A key that the file no longer has goes back
 * to what is built into Kafka: brokers that run still have it from their start.
 *
 * @param formerly the dynamic keys that the file had when it was last deployed.
 */
export function dynamicChanges(
  desired: Readonly<Record<string, string>>,
  formerly: Readonly<Record<string, string>>,
  brokers: ReadonlyMap<number, Readonly<Record<string, KeyInForce>>>,
): DynamicChange[] {
  const dropped = Object.keys(formerly).filter((key) => !(key in desired));
  return [
    ...Object.entries(desired).flatMap(([key, to]) => changesOf(key, to, brokers)),
    ...dropped.flatMap((key) => changesOf(key, builtIn(key, brokers), brokers)),
  ];
}

function changesOf(
  key: string,
  to: string | null,
  brokers: ReadonlyMap<number, Readonly<Record<string, KeyInForce>>>,
): DynamicChange[] {
  const differing = [...brokers].flatMap(([id, keys]) => {
    const inForce = keys[key];
    return inForce !== undefined && !isSameValue(key, inForce.value, to) ? [{ id, ...inForce }] : [];
  });
  const [first] = differing;
  if (first === undefined) return [];
  const outranking = differing.filter(({ source }) => source === 'dynamic-broker');
  return [
    { entity: 'all', key, from: first.value, to },
    ...outranking.map(({ id, value }): DynamicChange => ({ entity: id, key, from: value, to: null })),
  ];
}

function builtIn(
  key: string,
  brokers: ReadonlyMap<number, Readonly<Record<string, KeyInForce>>>,
): string | null {
  for (const keys of brokers.values()) {
    const value = keys[key]?.builtIn;
    if (value !== undefined) return value;
  }
  return null;
}

/**
 * The values on the way from one size of a thread pool to another: Kafka takes at most twice and at least half of what
 * is there.
 */
export function poolSteps(from: number, to: number): number[] {
  const steps: number[] = [];
  for (let size = from; size !== to; steps.push(size)) {
    size = to > size ? Math.min(to, size * 2) : Math.max(to, Math.ceil(size / 2));
  }
  return steps;
}
