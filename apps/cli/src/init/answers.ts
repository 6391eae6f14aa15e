import {
  brokerCount,
  clusterName,
  listOf,
  namespaceName,
  oneOf,
  placeholder,
  rate,
  toleranceCount,
  type ValueKind,
} from '@kafka-ha/config/values';
import { ownActions } from '../own-package.ts';

/** What `kafka-ha init` asks, or takes as options. */
export type Answers = {
  name: string;
  namespace: string;
  mode: 'kraft' | 'zookeeper';
  brokers: number;
  tolerance: number;
  /** As it is written in the cluster file. */
  rate: string;
  environments: Environment[];
  /** Where the actions and the schema of the cluster file are: `OWNER/kafka-ha@v1`. */
  actions: string;
};

export type Environment = 'local' | 'staging';

export type Question<T> = {
  /** What a person is asked, and what the option is described as. */
  text: string;
  kind: ValueKind<T>;
  /** What is taken where nothing is said, after what has been said so far. */
  whenLeftOut: (given: Partial<Answers>) => string;
};

const environmentList = listOf(oneOf<Environment>(['local', 'staging']));

/** In the order in which they are asked. */
export const questions: { [Key in keyof Answers]: Question<Answers[Key]> } = {
  name: {
    text: "the cluster's name, with which the names of its objects begin",
    kind: clusterName,
    whenLeftOut: () => 'events',
  },
  namespace: {
    text: 'its namespace, which it has for itself',
    kind: namespaceName,
    whenLeftOut: () => 'kafka',
  },
  mode: {
    text: "who keeps Kafka's metadata: kraft (Kafka 4, recommended) or zookeeper (up to 3.9)",
    kind: oneOf(['kraft', 'zookeeper']),
    whenLeftOut: () => 'kraft',
  },
  brokers: {
    text: 'brokers',
    kind: brokerCount,
    whenLeftOut: ({ tolerance = 2 }) => String(2 * tolerance + 1),
  },
  tolerance: {
    text: 'how many of them may be lost at once',
    kind: toleranceCount,
    whenLeftOut: ({ brokers = 5 }) => (brokers < 5 ? '1' : '2'),
  },
  rate: {
    text: 'data that producers write, before compression',
    kind: { parse: (text) => (rate.parse(text) === undefined ? undefined : text), takes: rate.takes },
    whenLeftOut: () => '100MB/s',
  },
  environments: {
    text: 'environments beside production: local (one machine, for tests), staging, or none',
    kind: {
      parse: (text) => (text === 'none' ? [] : unique(environmentList.parse(text))),
      takes: 'local, staging, both with a comma between, or none',
    },
    whenLeftOut: () => 'local',
  },
  actions: {
    text: 'the GitHub repository of the kafka-ha that you use, and its tag or commit',
    kind: {
      parse: (text) => (/^[\w-]+\/[\w.-]+@[\w./-]+$/.test(text) ? text : undefined),
      takes: 'a repository and a tag or commit, such as acme/kafka-ha@v1',
    },
    whenLeftOut: () => ownActions() ?? placeholder,
  },
};

/** The answers given, and for the others what is taken where nothing is said. */
export function withDefaults(given: Partial<Answers>): Answers {
  return (Object.keys(questions) as (keyof Answers)[]).reduce<Partial<Answers>>(
    (answers, key) => ({ ...answers, [key]: given[key] ?? defaultOf(key, { ...given, ...answers }) }),
    {},
  ) as Answers;
}

function defaultOf(key: keyof Answers, given: Partial<Answers>): unknown {
  const { kind, whenLeftOut } = questions[key];
  return kind.parse(whenLeftOut(given));
}

function unique<T>(values: T[] | undefined): T[] | undefined {
  return values && [...new Set(values)];
}
