import { clusterNamePattern, dnsLabelPattern, MAX_CLUSTER_NAME } from './names.ts';
import { formatDuration, parseDuration } from './units/duration.ts';
import { parseRate } from './units/rate.ts';

/** A kind of value that people write: as an option of the command line, or as an input of an action. */
export type ValueKind<T> = {
  /** Undefined where the text is none of this kind. */
  parse: (text: string) => T | undefined;
  /** What it takes, as in "--rounds takes a whole number from 1 to 100". */
  takes: string;
};

type Limits = { least: number; most: number };

export function wholeNumber({ least, most }: Limits): ValueKind<number> {
  return {
    parse: (text) => (/^\d+$/.test(text) ? within(Number(text), { least, most }) : undefined),
    takes: `a whole number from ${least} to ${most}`,
  };
}

/** A time such as `90s`, in milliseconds. */
export function duration({ least, most = Infinity }: { least: number; most?: number }): ValueKind<number> {
  const upTo = most === Infinity ? '' : ` to ${formatDuration(most)}`;
  return {
    parse: (text) => within(parseDuration(text), { least, most }),
    takes: `a time from ${formatDuration(least)}${upTo}, such as 90s`,
  };
}

/** Bytes per second, such as `20MB/s`. */
export const rate: ValueKind<number> = {
  parse: (text) => within(parseRate(text), { least: 1, most: Infinity }),
  takes: 'a rate such as 20MB/s',
};

/** Bytes per second, or a share of some rate: `{share: 0.5}` for `50%`. */
export const rateOrShare: ValueKind<number | { share: number }> = {
  parse(text) {
    const percent = within(Number(/^(\d+)%$/.exec(text)?.[1]), { least: 1, most: 200 });
    return percent === undefined ? rate.parse(text) : { share: percent / 100 };
  },
  takes: 'a rate such as 20MB/s, or a share such as 50%',
};

export const clusterName: ValueKind<string> = {
  parse: (text) => (clusterNamePattern.test(text) ? text : undefined),
  takes: `at most ${MAX_CLUSTER_NAME} lower-case letters, digits and hyphens, beginning with a letter`,
};

export const namespaceName: ValueKind<string> = {
  parse: (text) => (dnsLabelPattern.test(text) ? text : undefined),
  takes: 'at most 63 lower-case letters, digits and hyphens',
};

export const brokerId: ValueKind<number> = {
  parse: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
  takes: "a broker's id, such as 2",
};

export const controllerOrdinal: ValueKind<number> = {
  parse: brokerId.parse,
  takes: "a controller's number, such as 1",
};

// Marked as pure, so that a bundle that uses neither has neither.

/** How many brokers a cluster is to have, within the limits of the cluster file. */
export const brokerCount = /* @__PURE__ */ wholeNumber({ least: 1, most: 99 });

/** How many of its brokers may be lost at once, within the limits of the cluster file. */
export const toleranceCount = /* @__PURE__ */ wholeNumber({ least: 1, most: 20 });

/** A version of Kafka, or of what keeps its metadata. */
export const version: ValueKind<string> = {
  parse: (text) => (/^\d+\.\d+\.\d+$/.test(text) ? text : undefined),
  takes: 'a version such as 3.9.2',
};

export function oneOf<T extends string>(names: readonly T[]): ValueKind<T> {
  return { parse: (text) => names.find((name) => name === text), takes: `one of ${names.join(', ')}` };
}

/** Several of a kind, apart by commas, spaces or lines. */
export function listOf<T>({ parse, takes }: ValueKind<T>): ValueKind<T[]> {
  return {
    parse(text) {
      const values = wordsOf(text).map(parse);
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    takes: `${takes}, or several, separated by commas`,
  };
}

/** What stands in a list whose items are apart by commas, spaces or lines. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

export { defaultKafka, defaultZookeeper } from './mode/default-versions.ts';
export { formatDuration } from './units/duration.ts';

/** Where the actions are, as the documentation has it: whoever uses kafka-ha has a repository of it. */
export const placeholder = 'OWNER/kafka-ha@v1';

/** Where nobody names the cluster file. Other tools have a cluster.yaml, too, for which editors take one. */
export const clusterFileNames = ['kafka-ha.yaml', 'cluster.yaml'] as const;

/** The cluster file that is meant where none is named. */
export function defaultClusterFile(isThere: (file: string) => boolean): string {
  const [first, formerly] = clusterFileNames;
  return isThere(first) ? first : formerly;
}

function within(value: number | undefined, { least, most }: Limits): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
