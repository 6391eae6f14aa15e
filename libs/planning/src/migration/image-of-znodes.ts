import { quotaEntity, type MetadataImage, type TopicImage } from './compare-metadata.ts';

/** What Kafka keeps in ZooKeeper, by path: `/brokers/topics/events`, `/config/topics/events` and so on. */
export function imageOfZnodes(znodes: Readonly<Record<string, string>>): MetadataImage {
  return { topics: topicsIn(znodes), brokers: brokersIn(znodes), quotas: quotasIn(znodes) };
}

/** Topics that have no id, as those that no controller of this version has seen. */
export function topicsWithoutId({ topics }: MetadataImage): string[] {
  return Object.entries(topics).flatMap(([name, { id }]) => (id === '' ? [name] : []));
}

function topicsIn(znodes: Readonly<Record<string, string>>): Record<string, TopicImage> {
  return Object.fromEntries(
    below(znodes, '/brokers/topics').map(([[name = ''], text]) => {
      const { topic_id: id = '', partitions } = JSON.parse(text) as {
        topic_id?: string;
        partitions: Record<number, number[]>;
      };
      return [name, { id, partitions, config: configIn(znodes[`/config/topics/${name}`]) }];
    }),
  );
}

function brokersIn(znodes: Readonly<Record<string, string>>): MetadataImage['brokers'] {
  return withoutEmpty(
    below(znodes, '/config/brokers').map(([[id = ''], text]) => [
      id === '<default>' ? 'all' : id,
      configIn(text),
    ]),
  );
}

/** By path `users/NAME`, `users/NAME/clients/ID`, `clients/ID` and `ips/ADDRESS`; credentials stand beside quotas, and are none. */
function quotasIn(znodes: Readonly<Record<string, string>>): MetadataImage['quotas'] {
  const entities = below(znodes, '/config').flatMap(([steps, text]) => {
    const pairs = pairsOf(steps);
    const parts = pairs.flatMap(([kind, name]) => {
      const type = kinds[kind];
      return type === undefined ? [] : [[type, nameIn(name)] as const];
    });
    if (parts.length === 0 || parts.length < pairs.length) return [];
    const limits = Object.entries(configIn(text)).filter(([key]) => !key.startsWith('SCRAM-'));
    return [[quotaEntity(parts), Object.fromEntries(limits)] as const];
  });
  return withoutEmpty(entities);
}

const kinds: Readonly<Record<string, string | undefined>> = {
  users: 'user',
  clients: 'client-id',
  ips: 'ip',
};

function pairsOf(steps: readonly string[]): [string, string][] {
  if (steps.length % 2 !== 0) return [];
  return Array.from({ length: steps.length / 2 }, (_, n) => [steps[2 * n] ?? '', steps[2 * n + 1] ?? '']);
}

/** Kafka writes names there as in a URL, but for the word that means all others. */
function nameIn(name: string): string {
  return name === '<default>' ? name : decodeURIComponent(name);
}

function configIn(text: string | undefined): Record<string, string> {
  if (text === undefined || text === '') return {};
  return (JSON.parse(text) as { config?: Record<string, string> }).config ?? {};
}

function withoutEmpty(
  entries: readonly (readonly [string, Record<string, string>])[],
): Record<string, Record<string, string>> {
  return Object.fromEntries(entries.filter(([, values]) => Object.keys(values).length > 0));
}

/** The nodes below a path that have data, by the steps that lead to each. */
function below(znodes: Readonly<Record<string, string>>, path: string): [string[], string][] {
  return Object.entries(znodes)
    .filter(([each, text]) => each.startsWith(`${path}/`) && text !== '')
    .map(([each, text]) => [each.slice(path.length + 1).split('/'), text]);
}
