/** What Kafka's metadata holds for good; who leads and who is in sync is not in it. */
export type MetadataImage = {
  topics: Readonly<Record<string, TopicImage>>;
  /** What brokers were given while they ran: by id, or `all`. A value that is kept secret is null. */
  brokers: Readonly<Record<string, Values>>;
  /** By entity, such as `user=alice,client-id=app`. */
  quotas: Readonly<Record<string, Values>>;
};

export type TopicImage = {
  id: string;
  /** Replicas by partition. */
  partitions: Readonly<Record<number, readonly number[]>>;
  config: Values;
};

type Values = Readonly<Record<string, string | null>>;

/** The name of an entity of `quotas`, whoever tells its parts and in whatever order. */
export function quotaEntity(parts: readonly (readonly [type: string, name: string])[]): string {
  return parts
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([type, name]) => `${type}=${name}`)
    .join(',');
}

/** In what `copy` differs from `original`, as sentences; none: they are equal. */
export function imageDifferences(original: MetadataImage, copy: MetadataImage): string[] {
  return [
    ...topicDifferences(original.topics, copy.topics),
    ...valueDifferences('broker', original.brokers, copy.brokers),
    ...valueDifferences('quota of', original.quotas, copy.quotas),
  ];
}

/** Of these only those that cannot have come of somebody's change of a setting: a topic is gone, or is another one. */
export function lostTopics(original: MetadataImage, now: MetadataImage): string[] {
  return Object.entries(original.topics).flatMap(([name, { id, partitions }]) => {
    const topic = now.topics[name];
    if (topic === undefined) return [`topic ${name} is missing`];
    if (topic.id !== id) return [`topic ${name} has the id ${topic.id}, and had ${id}`];
    const lost = Object.keys(partitions).filter(
      (partition) => topic.partitions[Number(partition)] === undefined,
    );
    return lost.map((partition) => `topic ${name} has no partition ${partition}`);
  });
}

function topicDifferences(original: MetadataImage['topics'], copy: MetadataImage['topics']): string[] {
  return namesOf(original, copy).flatMap((name) => {
    const [from, to] = [original[name], copy[name]];
    if (to === undefined) return [`topic ${name} is missing`];
    if (from === undefined) return [`topic ${name} is there, and was not`];
    return [
      ...(from.id === to.id ? [] : [`topic ${name} has the id ${to.id}, not ${from.id}`]),
      ...namesOf(from.partitions, to.partitions)
        .filter((partition) => list(from.partitions, partition) !== list(to.partitions, partition))
        .map(
          (partition) =>
            `${name}-${partition} is on ${list(to.partitions, partition)}, not ${list(from.partitions, partition)}`,
        ),
      ...valueDifferences('topic', { [name]: from.config }, { [name]: to.config }),
    ];
  });
}

function list(partitions: TopicImage['partitions'], partition: string): string {
  return partitions[Number(partition)]?.join(', ') ?? 'no broker';
}

function valueDifferences(
  what: string,
  original: Readonly<Record<string, Values>>,
  copy: Readonly<Record<string, Values>>,
): string[] {
  return namesOf(original, copy).flatMap((name) => {
    const [from, to] = [original[name] ?? {}, copy[name] ?? {}];
    return namesOf(from, to)
      .filter((key) => !isSame(from[key], to[key]))
      .map((key) => `${what} ${name}: ${key} is ${show(to[key])}, not ${show(from[key])}`);
  });
}

/** Quotas are numbers, which the two write in different ways. Of what is secret only that it is there can be compared. */
function isSame(a: string | null | undefined, b: string | null | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a === null || b === null || a === b) return true;
  return a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b);
}

function show(value: string | null | undefined): string {
  return value === undefined ? 'not set' : (value ?? 'secret');
}

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
