import { describeConfigsApi, ERROR, RESOURCE, type ValueOf } from '@kafka-ha/kafka-protocol';
import type { KafkaConnection } from './kafka-connection.ts';
import { refused } from './refused.ts';

export type Configs = Readonly<Record<string, ConfigEntry>>;

export type ConfigEntry = {
  /** Null where Kafka keeps it secret. */
  value: string | null;
  source: ConfigSource;
  /** Nobody set it: the value is the one built into Kafka. */
  isDefault: boolean;
  /** What it would be if nobody set it; absent where Kafka does not tell. */
  builtIn?: string;
};

/**
 * Who set a value: the topic; the broker, dynamically; all brokers, dynamically; the broker's file; nobody. In Kafka's
 * order of precedence.
 */
export type ConfigSource = 'topic' | 'dynamic-broker' | 'dynamic-cluster' | 'static' | 'default' | 'other';

export type ConfigQuery = {
  /** Those that are read; all where this is not given, which for thousands of topics are many MiB. */
  keys?: readonly string[];
};

/**
 * Keys of the named topics, whether set by the topic or inherited. A topic that does not exist is left out. The controller
 * is asked, or the broker that is named: what a topic inherits is that broker's own.
 */
export async function readTopicConfigs(
  kafka: KafkaConnection,
  names: readonly string[],
  { keys, of }: ConfigQuery & { of?: number } = {},
): Promise<Map<string, Configs>> {
  const request = {
    resources: names.map((name) => ({ type: RESOURCE.topic, name, keys: keys ?? null })),
    includeSynonyms: false,
  };
  const { resources } =
    of === undefined
      ? await kafka.readFromController(describeConfigsApi, request)
      : await kafka.askBroker(of, describeConfigsApi, request);
  return new Map(
    resources
      .filter(({ errorCode }) => errorCode !== ERROR.unknownTopicOrPartition)
      .map((resource) => [resource.name, configsOf(resource)]),
  );
}

/** Keys of the brokers with these ids, as each of them runs with it. Each is asked itself: nobody else knows. */
export async function readBrokerConfigs(
  kafka: KafkaConnection,
  ids: readonly number[],
  { keys }: ConfigQuery = {},
): Promise<Map<number, Configs>> {
  return new Map(
    await Promise.all(
      ids.map(async (id) => {
        const resource = { type: RESOURCE.broker, name: String(id), keys: keys ?? null };
        const { resources } = await kafka.askBroker(id, describeConfigsApi, {
          resources: [resource],
          includeSynonyms: true,
        });
        return [id, Object.assign({}, ...resources.map(configsOf)) as Configs] as const;
      }),
    ),
  );
}

/**
 * The keys that all brokers were given dynamically; a broker's own value outranks them. The controller is asked, or the broker that
 * is named.
 */
export async function readDefaultBrokerConfigs(
  kafka: KafkaConnection,
  { of }: { of?: number } = {},
): Promise<Configs> {
  const request = {
    resources: [{ type: RESOURCE.broker, name: '', keys: null }],
    includeSynonyms: false,
  };
  const { resources } =
    of === undefined
      ? await kafka.readFromController(describeConfigsApi, request)
      : await kafka.askBroker(of, describeConfigsApi, request);
  return Object.assign({}, ...resources.map(configsOf)) as Configs;
}

type Resource = ValueOf<typeof describeConfigsApi.response>['resources'][number];

function configsOf({ type, name, errorCode, errorMessage, configs }: Resource): Configs {
  if (errorCode !== ERROR.none) {
    const what = type === RESOURCE.topic ? 'topic' : 'broker';
    throw refused(`the config of ${what} ${name} cannot be read`, errorCode, errorMessage);
  }
  return Object.fromEntries(
    configs.map(({ name: key, value, source, synonyms }) => {
      const builtIn = builtInValue(key, synonyms);
      return [
        key,
        {
          value,
          source: SOURCES.get(source) ?? 'other',
          isDefault: SOURCES.get(source) === 'default',
          ...(builtIn !== undefined && { builtIn }),
        },
      ];
    }),
  );
}

/** The synonyms of a key are the values that it would have, by precedence, some of them under other names. */
function builtInValue(key: string, synonyms: Resource['configs'][number]['synonyms']): string | undefined {
  const last = synonyms.find(({ name, source }) => name === key && SOURCES.get(source) === 'default');
  return last?.value ?? undefined;
}

/** `DescribeConfigsResponse.ConfigSource` in Kafka. */
const SOURCES: ReadonlyMap<number, ConfigSource> = new Map([
  [1, 'topic'],
  [2, 'dynamic-broker'],
  [3, 'dynamic-cluster'],
  [4, 'static'],
  [5, 'default'],
]);
