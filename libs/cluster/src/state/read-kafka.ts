import { KafkaHaError, readUntil } from '@kafka-ha/base';
import { valueOf, type BrokerSettings, type CutOffBroker, type Reading, type State } from '@kafka-ha/health';
import {
  leaderEpochs,
  listReassignments,
  newestTopics,
  outdatedPoints,
  readBrokerConfigs,
  readViews,
  topicStates,
  type BrokerView,
  type ConfigSource,
  type Controller,
  type KafkaConnection,
  type LeaderEpochs,
  type Spokesman,
} from '@kafka-ha/kafka';
import { firstToTell } from './first-to-tell.ts';
import { reading } from './reading.ts';
import { brokerThrottleKeys, minInSync, setIn, throttlesIn, withPromises } from './read-topic-states.ts';

export type KafkaReadings = Pick<
  State,
  'brokers' | 'controllerId' | 'cutOff' | 'topics' | 'reassignments' | 'brokerSettings'
>;

/** Where no broker answers every part that Kafka alone knows is unreadable, for the same reason. */
export function kafkaReadings(kafka: Reading<KafkaReadings>): KafkaReadings {
  if (kafka.kind === 'read') return kafka.value;
  const none = { controllerId: kafka, reassignments: kafka, brokerSettings: kafka, cutOff: [] };
  return { ...none, brokers: kafka, topics: kafka };
}

/** Keys that the file's version of Kafka has dropped, and that are looked for. */
type Dropped = { topics: readonly string[]; brokers: readonly string[] };

/**
 * Whom to ask for the partitions: all brokers, of whom one may know more than another, or one alone, who speaks for the controller
 * where it can be asked. With thousands of partitions the word of all takes much memory.
 */
type Views = 'all' | 'one';

/** Through the controller every broker hears of a change in a tenth of a second, on a busy machine in a second or two. */
const agreeWithinMs = 4_000;
const askAgainMs = 500;

/**
 * Brokers, topics and what moves between them: every broker is asked, of each partition the newest answer counts, and of who
 * the controller is, who speaks for it and who is registered the registry's word alone. Who differs from that for some seconds is cut off.
 */
export async function readKafka(
  kafka: KafkaConnection,
  ids: readonly number[],
  signal: AbortSignal,
  dropped: Dropped = { topics: [], brokers: [] },
  views: Views = 'all',
): Promise<KafkaReadings> {
  const { look, cutOff } = await lookUntilAgreed(kafka, ids, { views, signal });
  const { answers, controller, brokerIds } = look;
  if (answers.length === 0) throw silence(look.views);
  const isRegistered = (id: number) => brokerIds?.includes(id) ?? true;
  const asked = answers.map(({ brokerId }) => brokerId).filter(isRegistered);
  const witnesses = asked.toSorted((a, b) => rank(look, a) - rank(look, b)).slice(0, 2);
  const topics = topicStates({ topics: newestOf(look) });
  const [topicsRead, reassignments, brokerSettings] = await Promise.all([
    reading(() =>
      firstToTell(witnesses, (of) => withPromises(kafka, topics, { of, dropped: dropped.topics })),
    ),
    reading(() => listReassignments(kafka)),
    reading(() => readSettings(kafka, asked, dropped.brokers)),
  ]);
  return {
    brokers: brokersOf(look),
    controllerId: controller.kind === 'read' ? { kind: 'read', value: controllerIdOf(look) } : controller,
    cutOff,
    topics: topicsRead,
    reassignments,
    brokerSettings,
  };
}

/** Who speaks for the controller is asked first, and another broker where nobody is elected. */
function rank(look: Look, id: number): number {
  return id === valueOf(look.spokesman)?.brokerId ? 0 : 1;
}

async function readSettings(
  kafka: KafkaConnection,
  ids: readonly number[],
  dropped: readonly string[],
): Promise<BrokerSettings[]> {
  const configs = await readBrokerConfigs(kafka, ids, {
    keys: [...brokerThrottleKeys, minInSync, ...dropped],
  });
  return ids.map((brokerId) => {
    const config = configs.get(brokerId) ?? {};
    const promise = config[minInSync];
    return {
      brokerId,
      throttles: throttlesIn(config),
      ...(promise !== undefined && {
        minInSync: { value: Number(promise.value), by: setters[promise.source] ?? 'as in its file' },
      }),
      dropped: setIn(config, dropped, ['dynamic-broker', 'dynamic-cluster']),
    };
  });
}

const setters: Partial<Record<ConfigSource, 'set for all brokers' | 'set for it alone'>> = {
  'dynamic-cluster': 'set for all brokers',
  'dynamic-broker': 'set for it alone',
};

type Look = {
  views: readonly BrokerView[];
  answers: readonly Extract<BrokerView, { metadata: unknown }>[];
  controller: Reading<Controller | null>;
  spokesman: Reading<Spokesman | null>;
  /** Whom brokers should name as the controller; undefined: nobody knows, or they need not. */
  named: number | null | undefined;
  brokerIds: readonly number[] | undefined;
};

type Agreement = { look: Look; cutOff: CutOffBroker[] };

/** Once where all agree; while somebody does not, again for some seconds. */
async function lookUntilAgreed(
  kafka: KafkaConnection,
  ids: readonly number[],
  { views, signal }: { views: Views; signal: AbortSignal },
): Promise<Agreement> {
  const first = await lookOnce(kafka, ids, views);
  const epochs = leaderEpochs(newestOf(first));
  let last: Agreement | undefined;
  const compare = async () => {
    const look = last === undefined ? first : await lookOnce(kafka, ids, views);
    const suspects = last?.cutOff.map(({ brokerId }) => brokerId);
    const cutOff = outdated(look, epochs).filter(({ brokerId }) => suspects?.includes(brokerId) ?? true);
    last = { look, cutOff };
    return last;
  };
  return await readUntil(compare, ({ cutOff }) => cutOff.length === 0, {
    deadlineMs: agreeWithinMs,
    intervalMs: askAgainMs,
    signal,
  });
}

async function lookOnce(kafka: KafkaConnection, ids: readonly number[], wanted: Views): Promise<Look> {
  const { registry } = kafka;
  const [spokesman, registered] = await Promise.all([
    reading(() => registry.spokesman({ upToDate: true })),
    reading(() => registry.brokerIds()),
  ]);
  // Who speaks for the controller names it. Where nobody does, it may be known nevertheless.
  const controller = spokesman.kind === 'read' ? spokesman : await reading(() => registry.controller());
  const isKnown = registry.controllerIsBroker && controller.kind === 'read';
  const named = isKnown ? (controller.value?.id ?? null) : undefined;
  const brokerIds = valueOf(registered);
  const asked = [...new Set([...ids, ...(brokerIds ?? [])])];
  const views =
    wanted === 'all'
      ? await readViews(kafka, asked)
      : await readViewOfOne(kafka, asked, valueOf(spokesman)?.brokerId);
  return {
    views,
    answers: views.filter((view) => 'metadata' in view),
    controller,
    spokesman,
    named,
    brokerIds,
  };
}

/** The partitions in the word of the first that answers, of the others what they know beside that. */
async function readViewOfOne(
  kafka: KafkaConnection,
  ids: readonly number[],
  spokesman: number | undefined,
): Promise<BrokerView[]> {
  const silent: BrokerView[] = [];
  const ranked = ids.toSorted((a, b) => Number(b === spokesman) - Number(a === spokesman));
  for (const [index, id] of ranked.entries()) {
    const views = await readViews(kafka, [id]);
    if (views.some((view) => 'metadata' in view))
      return [...silent, ...views, ...(await readViews(kafka, ranked.slice(index + 1), []))];
    silent.push(...views);
  }
  return silent;
}

/** Compared with what was known at the first look: who does not know that by now has not heard of it for some seconds. */
function outdated({ answers, named: controllerId, brokerIds }: Look, epochs: LeaderEpochs): CutOffBroker[] {
  return answers.flatMap(({ brokerId, metadata }) => {
    const differs = outdatedPoints(metadata, { epochs, controllerId, brokerIds });
    return differs.length === 0 ? [] : [{ brokerId, differs }];
  });
}

function newestOf(look: Look) {
  return newestTopics(look.answers, valueOf(look.spokesman)?.brokerId ?? null);
}

function controllerIdOf({ controller }: Look): number | null {
  return valueOf(controller)?.id ?? null;
}

/** Without the registry those whom the answering brokers know: nobody comes or goes meanwhile. */
function brokersOf({ answers, brokerIds }: Look): State['brokers'] {
  const known = new Map(
    answers.flatMap(({ metadata }) => metadata.brokers).map((broker) => [broker.nodeId, broker]),
  );
  const ids = [...(brokerIds ?? known.keys())].sort((a, b) => a - b);
  const value = ids.map((id) => ({ id, host: known.get(id)?.host ?? '', rack: known.get(id)?.rack ?? null }));
  return { kind: 'read', value };
}

function silence(views: readonly BrokerView[]): KafkaHaError {
  const reasons = views.flatMap((view) => ('reason' in view ? [view.reason] : []));
  return new KafkaHaError(
    'kafka-unreachable',
    `no Kafka broker answers: ${[...new Set(reasons)].join('; ')}`,
  );
}
