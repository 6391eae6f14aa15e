/** What a client is told of the cluster. Times in milliseconds. */
export type ClientTerms = {
  bootstrap: string;
  /** How long a record is tried: longer than any interruption that the cluster file allows. */
  deliveryMs: number;
  /**
   * How long a broker may take over a request. As long as the session of a broker that died may last, for which writes wait:
   * else each of them would be tried again, and stored twice without idempotence. No longer, for a broker that vanished without
   * a word holds its records until then. A drill's own load has the same.
   */
  requestMs: number;
  /** Whether the sizing counts on producers that compress. */
  compressed: boolean;
};

export type ClientLibrary = {
  /** For a table and a heading. */
  title: string;
  language: string;
  /** What it does where nothing is set. */
  defaults: { acks: string; idempotent: string; givesUpAfter: string };
  /** What an application with these defaults goes through when brokers fail. */
  withDefaults: string;
  /** What no setting says. */
  notes: readonly string[];
  /** A comment in it begins with this. */
  comment: '#' | '//';
  producer: (terms: ClientTerms) => string;
  consumer: (terms: ClientTerms) => string;
};

/** A connection inside a cluster is a matter of milliseconds: what takes longer leads nowhere. */
const connectMs = 2_000;

/**
 * In the order of the documentation. Defaults are those of the libraries' own sources: kafka-clients 3.0, librdkafka 2, kafkajs 2.2.4,
 * @platformatic/kafka 2, Sarama 1.4x, franz-go 1, aiokafka 0.12, kafka-python 3.
 */
export const clientLibraries = {
  java: {
    title: 'Java client',
    language: 'Java, Kotlin, Scala, Kafka Connect, Kafka Streams: kafka-clients 3.0 or later',
    defaults: { acks: 'all', idempotent: 'yes', givesUpAfter: '120 s' },
    withDefaults: 'Nothing is lost. A broker that vanishes without a word holds its records for 30 s.',
    notes: [],
    comment: '#',
    producer: (terms) => properties(javaProducer(terms)),
    consumer: (terms) => properties(javaConsumer(terms)),
  },
  librdkafka: {
    title: 'librdkafka',
    language:
      'C, C++, and what is built on it: confluent-kafka for Python, .NET and Go, @confluentinc/kafka-javascript, node-rdkafka, rust-rdkafka',
    defaults: { acks: 'all', idempotent: 'no', givesUpAfter: '300 s' },
    withDefaults:
      'Nothing is lost, but a retry can write a record twice or out of order. A broker that vanishes without a word holds its records for 60 s.',
    notes: ['The delivery report of a record is its only acknowledgement: handle its error.'],
    comment: '#',
    producer: ({ bootstrap, deliveryMs, requestMs, compressed }) =>
      properties({
        'bootstrap.servers': bootstrap,
        acks: 'all',
        'enable.idempotence': 'true',
        'message.timeout.ms': deliveryMs,
        'socket.timeout.ms': requestMs,
        'socket.connection.setup.timeout.ms': connectMs,
        ...(compressed && { 'compression.type': 'lz4' }),
      }),
    consumer: ({ bootstrap }) =>
      properties({
        'bootstrap.servers': bootstrap,
        'group.id': 'NAME',
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': 'false',
        'partition.assignment.strategy': 'cooperative-sticky',
        'socket.connection.setup.timeout.ms': connectMs,
      }),
  },
  kafkajs: {
    title: 'kafkajs',
    language: 'JavaScript, without native code; no release since 2023',
    defaults: { acks: 'all', idempotent: 'no', givesUpAfter: '9 s' },
    withDefaults:
      'The application gets an error at many failovers, because five attempts end after some 9 s. What it does with the record then is up to it.',
    notes: [
      'Send records of one partition per `send()`. Where a leader moves onto a broker that has answered in the same call, kafkajs resolves it without having sent some of the records.',
      'Its idempotent producer is experimental, and unsafe with several sends at once. Give each record an id, and drop what comes twice.',
      'After the loss of a node without a word it may keep a dead connection for minutes (tulios/kafkajs#1783). Where that counts, use another library.',
      'It compresses with gzip alone unless a codec is added.',
    ],
    comment: '//',
    producer: ({ bootstrap, deliveryMs, requestMs, compressed }) => `const kafka = new Kafka({
  brokers: ['${bootstrap}'],
  connectionTimeout: ${connectMs},
  requestTimeout: ${requestMs},
  retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: ${Math.ceil(deliveryMs / 1000)} },
});
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();
await producer.send({
  topic: 'TOPIC',
  acks: -1,${compressed ? '\n  compression: CompressionTypes.GZIP,' : ''}
  messages: [{ partition: 0, key: 'KEY', value: 'VALUE' }], // of one partition
});
`,
    consumer: () => `const consumer = kafka.consumer({ groupId: 'NAME', allowAutoTopicCreation: false });
await consumer.connect();
await consumer.subscribe({ topic: 'TOPIC', fromBeginning: true });
await consumer.run({
  autoCommit: false, // commitOffsets once a record is stored
  eachMessage: async ({ topic, partition, message }) => {},
});
`,
  },
  platformatic: {
    title: '@platformatic/kafka',
    language: 'JavaScript on Node 22.22, 24.6 or later',
    defaults: { acks: 'all', idempotent: 'no', givesUpAfter: '3 s' },
    withDefaults:
      'The application gets an error at most failovers, because three retries end after some 3 s. Before 2.10 a dead leader was tried for ever.',
    notes: ['Use 2.10 or later.'],
    comment: '//',
    producer: ({ bootstrap, deliveryMs, requestMs, compressed }) => `const producer = new Producer({
  clientId: 'NAME',
  bootstrapBrokers: ['${bootstrap}'],
  serializers: stringSerializers,
  acks: ProduceAcks.ALL,
  idempotent: true,
  retries: ${Math.ceil(deliveryMs / 1000)},
  retryDelay: 1000,
  connectTimeout: ${connectMs},
  requestTimeout: ${requestMs},${compressed ? "\n  compression: 'lz4'," : ''}
});
await producer.send({ messages: [{ topic: 'TOPIC', key: 'KEY', value: 'VALUE' }] });
`,
    consumer: ({ bootstrap, deliveryMs }) => `const consumer = new Consumer({
  clientId: 'NAME',
  groupId: 'NAME',
  bootstrapBrokers: ['${bootstrap}'],
  deserializers: stringDeserializers,
  retries: ${Math.ceil(deliveryMs / 1000)},
  connectTimeout: ${connectMs},
});
const stream = await consumer.consume({ topics: ['TOPIC'], mode: 'committed', fallbackMode: 'earliest', autocommit: false });
for await (const message of stream) {
  await message.commit(); // once it is stored
}
`,
  },
  sarama: {
    title: 'Sarama',
    language: 'Go',
    defaults: { acks: '1', idempotent: 'no', givesUpAfter: '0.3 s' },
    withDefaults:
      'Acknowledged records are lost: only the leader has them when it dies. And the application gets an error at every failover, after three attempts within 0.3 s.',
    notes: [],
    comment: '//',
    producer: ({ bootstrap, deliveryMs, requestMs, compressed }) => `config := sarama.NewConfig()
config.Version = sarama.V3_6_0_0
config.Net.MaxOpenRequests = 1 // the idempotent producer needs it
config.Net.DialTimeout = ${connectMs / 1000} * time.Second
config.Net.ReadTimeout = ${requestMs} * time.Millisecond
config.Metadata.Retry.Max = ${Math.ceil(deliveryMs / 500)}
config.Metadata.Retry.Backoff = 500 * time.Millisecond
config.Producer.RequiredAcks = sarama.WaitForAll
config.Producer.Idempotent = true
config.Producer.Retry.Max = ${Math.ceil(deliveryMs / 500)}
config.Producer.Retry.Backoff = 500 * time.Millisecond
config.Producer.Return.Successes = true
config.Producer.Return.Errors = true // read both channels${compressed ? '\nconfig.Producer.Compression = sarama.CompressionLZ4' : ''}
producer, err := sarama.NewSyncProducer([]string{"${bootstrap}"}, config)
`,
    consumer: ({ bootstrap }) => `config.Consumer.Offsets.Initial = sarama.OffsetOldest
config.Consumer.Offsets.AutoCommit.Enable = false // session.Commit() once a record is stored
group, err := sarama.NewConsumerGroup([]string{"${bootstrap}"}, "NAME", config)
`,
  },
  'franz-go': {
    title: 'franz-go',
    language: 'Go',
    defaults: { acks: 'all', idempotent: 'yes', givesUpAfter: 'never' },
    withDefaults: 'Nothing is lost. A record is tried until its context ends.',
    notes: [
      'Give `Produce` a context with a deadline only if the application stores the record elsewhere then.',
    ],
    comment: '//',
    producer: ({ bootstrap, compressed }) => `client, err := kgo.NewClient(
	kgo.SeedBrokers("${bootstrap}"),
	kgo.RequiredAcks(kgo.AllISRAcks()), // the default, as is the idempotent producer
	kgo.DialTimeout(${connectMs / 1000}*time.Second),${compressed ? '\n\tkgo.ProducerBatchCompression(kgo.Lz4Compression()),' : ''}
)
`,
    consumer: ({ bootstrap }) => `client, err := kgo.NewClient(
	kgo.SeedBrokers("${bootstrap}"),
	kgo.ConsumerGroup("NAME"),
	kgo.ConsumeTopics("TOPIC"),
	kgo.DisableAutoCommit(), // client.CommitRecords once they are stored
)
`,
  },
  aiokafka: {
    title: 'aiokafka',
    language: 'Python, asyncio',
    defaults: { acks: '1', idempotent: 'no', givesUpAfter: '40 s' },
    withDefaults:
      'Acknowledged records are lost: only the leader has them when it dies. An interruption of more than 40 s is an error.',
    notes: [
      'The idempotent producer never gives up: put `asyncio.wait_for` around it if the application has to.',
    ],
    comment: '#',
    producer: ({ bootstrap, requestMs, compressed }) => `producer = AIOKafkaProducer(
    bootstrap_servers="${bootstrap}",
    acks="all",
    enable_idempotence=True,
    request_timeout_ms=${requestMs},${compressed ? '\n    compression_type="lz4",' : ''}
)
`,
    consumer: ({ bootstrap }) => `consumer = AIOKafkaConsumer(
    "TOPIC",
    bootstrap_servers="${bootstrap}",
    group_id="NAME",
    auto_offset_reset="earliest",
    enable_auto_commit=False,  # await consumer.commit() once a record is stored
)
`,
  },
  'kafka-python': {
    title: 'kafka-python',
    language: 'Python',
    defaults: { acks: 'all, from 3.0 on', idempotent: 'yes, from 3.0 on', givesUpAfter: '120 s' },
    withDefaults: 'From 3.0 on nothing is lost. Older versions wait for the leader alone.',
    notes: ['Use 3.0 or later.'],
    comment: '#',
    producer: ({ bootstrap, deliveryMs, requestMs, compressed }) => `producer = KafkaProducer(
    bootstrap_servers="${bootstrap}",
    acks="all",
    enable_idempotence=True,
    delivery_timeout_ms=${deliveryMs},
    request_timeout_ms=${requestMs},${compressed ? '\n    compression_type="lz4",' : ''}
)
producer.send("TOPIC", b"VALUE").get()  # raises where it was not acknowledged
`,
    consumer: ({ bootstrap }) => `consumer = KafkaConsumer(
    "TOPIC",
    bootstrap_servers="${bootstrap}",
    group_id="NAME",
    auto_offset_reset="earliest",
    enable_auto_commit=False,  # consumer.commit() once a record is stored
)
`,
  },
} satisfies Record<string, ClientLibrary>;

export type ClientLibraryName = keyof typeof clientLibraries;

/** Of a producer of the Java client. */
export function javaProducer({
  bootstrap,
  deliveryMs,
  requestMs,
  compressed,
}: ClientTerms): Record<string, string> {
  return {
    'bootstrap.servers': bootstrap,
    acks: 'all',
    'enable.idempotence': 'true',
    'delivery.timeout.ms': String(deliveryMs),
    'request.timeout.ms': String(requestMs),
    'socket.connection.setup.timeout.ms': String(connectMs),
    ...(compressed && { 'compression.type': 'lz4' }),
  };
}

/** Of a consumer of the Java client, but for its group. */
export function javaConsumer({ bootstrap, requestMs }: ClientTerms): Record<string, string> {
  return {
    'bootstrap.servers': bootstrap,
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': 'false',
    'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
    'request.timeout.ms': String(requestMs),
    'socket.connection.setup.timeout.ms': String(connectMs),
  };
}

function properties(entries: Record<string, string | number>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
