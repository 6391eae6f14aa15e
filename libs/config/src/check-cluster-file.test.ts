import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkClusterFile } from './check-cluster-file.ts';
import { formatProblem } from './source/problem.ts';

/** The problems as a person sees them. */
function problemsOf(text: string, environment?: string): string[] {
  const result = checkClusterFile(text, { file: 'cluster.yaml', environment });
  return result.kind === 'refused' ? result.problems.map(formatProblem) : [];
}

function specOf(text: string, environment?: string) {
  const result = checkClusterFile(text, { file: 'cluster.yaml', environment });
  if (result.kind === 'refused') throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.spec;
}

describe('checkClusterFile', () => {
  test('a name is enough', () => {
    expect(specOf('name: events')).toMatchObject({
      name: 'events',
      namespace: 'kafka',
      brokers: 5,
      tolerance: 2,
      replication: { factor: 5, minInSync: 3 },
      zookeeper: { servers: 3, cpuMillis: 250, memoryBytes: 384 * 2 ** 20, storageBytes: 2 * 2 ** 30 },
      ingest: { bytesPerSecond: 100e6, compression: 4 },
      resources: { cpuMillis: 1000, memoryBytes: 2 ** 30 },
      storage: { sizeBytes: 50 * 2 ** 30, class: null },
      placement: { brokersPerNode: 1, separateZookeeper: 'preferred' },
      versions: { kafka: '3.9.2', zookeeper: '3.9.5', interBrokerProtocol: '3.9' },
      images: {
        kafka: 'apache/kafka:3.9.2',
        zookeeper: 'zookeeper:3.9.5',
        workload: 'node:24.22.3',
        pullPolicy: 'IfNotPresent',
      },
      objectives: { interruptionMs: 60_000, plannedInterruptionMs: 2000 },
    });
  });

  test('images and the protocol follow the versions', () => {
    const { images, versions } = specOf('name: events\nversions: {kafka: 3.8.1, zookeeper: 3.8.6}');
    expect(images).toMatchObject({ kafka: 'apache/kafka:3.8.1', zookeeper: 'zookeeper:3.8.6' });
    expect(versions.interBrokerProtocol).toBe('3.8');
  });

  test('numbers and booleans of kafkaConfig become text as written, long ones too', () => {
    const text =
      'name: events\nkafkaConfig: {log.retention.ms: 9223372036854775807, num.io.threads: 4, auto.leader.rebalance.enable: false}';
    expect(specOf(text).kafkaConfig).toEqual({
      'log.retention.ms': '9223372036854775807',
      'num.io.threads': '4',
      'auto.leader.rebalance.enable': 'false',
    });
  });

  test('all problems are found at once, each where it stands', () => {
    const text = `name: Events_
brokrs: 4
topics:
  - {name: a.b, partitions: x}
  - {name: c, partitions: 3, conf: 5}
storage: {size: 50}
versions:
  kafka: 4.0.0
kafkaConfig:
  log.dirs: /data
`;
    expect(problemsOf(text)).toEqual([
      'cluster.yaml:1:7: name is "Events_"; allowed: a valid Kubernetes name: at most 40 lower-case letters, digits and hyphens, beginning with a letter and ending with a letter or digit',
      expect.stringMatching(
        /^cluster.yaml:2:1: unknown key "brokrs"; did you mean "brokers"\? allowed: name, namespace, brokers/,
      ),
      'cluster.yaml:4:29: topics[0].partitions is "x"; allowed: a whole number from 1 to 10000',
      'cluster.yaml:5:30: unknown key "conf" in topics[1]; did you mean "config"? allowed: name, partitions, allowMorePartitions, config',
      'cluster.yaml:6:17: storage.size is 50; allowed: a size with its unit (Ki, Mi, Gi, Ti; k, M, G, T), e.g. 50Gi, at least 1Gi',
      'cluster.yaml:8:10: Kafka 4.0.0 has no ZooKeeper mode; 3.9 is the last version with it. Allowed: 3.7.x, 3.8.x, 3.9.x; without ZooKeeper write mode: kraft for a new cluster, and take a running one there with kafka-ha migrate',
      `cluster.yaml:10:3: kafkaConfig."log.dirs" cannot be set here: it is where the broker's volume is mounted; see storage`,
    ]);
  });

  test('a wrong value elsewhere does not hide that the promise cannot be kept', () => {
    const result = checkClusterFile('name: events\nbrokers: 4\nversions: {kafka: 4.0.0}', { file: 'f' });
    expect(result).toMatchObject({
      kind: 'refused',
      code: 'promise-broken',
      problems: [
        {
          line: 2,
          column: 10,
          path: 'brokers',
          message: expect.stringMatching(/^tolerance 2 needs 5 brokers/),
        },
        { line: 3, path: 'versions.kafka' },
      ],
    });
  });

  test('where the brokers cannot be read, nothing is said of the promise', () => {
    expect(problemsOf('name: events\nbrokers: four')).toHaveLength(1);
    expect(problemsOf('name: events\nbrokrs: 7\ntolerance: 3')).toHaveLength(1);
  });

  test.each([
    ['name: events\nbrokers: [', 2],
    ['name: events\n  brokers: 5', 1],
    ['name: a\nname: b', 2],
    ['name: a\n---\nname: b', 2],
    ['name: events\nstorage: *big', 2],
  ])('broken YAML is refused with its line (%j)', (text, line) => {
    expect(problemsOf(text)[0]).toMatch(new RegExp(`^cluster.yaml:${line}:\\d+: this is not valid YAML: `));
  });

  test('a file that unfolds without end is refused', () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join(
      '\n',
    );
    expect(problemsOf(`a0: &a0 [x, x]\n${doubling}`)[0]).toMatch(/not valid YAML: Excessive alias count/);
  });

  test.each([
    ['', 'the file is empty'],
    ['# nothing', 'the file is empty'],
    ['- events', 'the file is not a mapping'],
    ['brokers: 5', 'name is missing'],
    ['name: null', 'name is null'],
    [
      'name: events\nstorage: 50Gi',
      'storage is "50Gi"; allowed: a mapping with the keys size, retention, class, throughput',
    ],
    ['name: events\nstorage:', 'storage is null; allowed: a mapping with the keys'],
    ['name: events\ntopics: events', 'topics is "events"; allowed: a list of topics'],
    ['name: events\nnamespace: kube-system', 'namespace "kube-system" belongs to Kubernetes'],
    ['name: events\nbrokers: "5"', 'brokers is "5"; allowed: a whole number'],
    ['name: events\nbrokers: 4.5', 'brokers is 4.5; allowed: a whole number'],
    ['name: events\nresources: {cpu: 0}', 'resources.cpu is 0; allowed: an amount of CPU'],
    ['name: events\nplacement: {separateZookeeper: yes}', 'allowed: one of required, preferred, none'],
    [
      'name: events\nversions: {kafka: 3.8.1, interBrokerProtocol: "3.9"}',
      'which Kafka 3.8.1 does not speak; allowed: at most "3.8"',
    ],
    [
      'name: events\nkafkaConfig: {num.io.threads: [1]}',
      'kafkaConfig."num.io.threads" is a list; allowed: text, a number',
    ],
    ['name: events\ntopics: [{name: __consumer_offsets, partitions: 1}]', "like one of Kafka's own topics"],
  ])('%j is refused', (text, message) => {
    const [problem, ...others] = problemsOf(text);
    expect(problem).toContain(message);
    expect(others).toEqual([]);
  });

  const withEnvironments = `name: events
brokers: 5
storage: {size: 50Gi, throughput: 200MB/s}
topics:
  - {name: events, partitions: 20}
environments:
  local:
    storage: {size: 8Gi}
    kafkaConfig: {num.io.threads: 2}
    topics: [{name: small, partitions: 5}]
  tiny:
    brokers: 4
  wrong:
    storag: 5
`;

  test('an environment is merged over the file: mappings key by key, lists as a whole', () => {
    const text = withEnvironments.replace(/ {2}wrong:[^]*/, '');
    const { storage, topics, kafkaConfig } = specOf(text, 'local');
    expect(storage).toEqual({
      sizeBytes: 8 * 2 ** 30,
      retentionSeconds: null,
      class: null,
      bytesPerSecond: 200e6,
    });
    expect(topics).toEqual([{ name: 'small', partitions: 5, config: {} }]);
    expect(kafkaConfig).toEqual({ 'num.io.threads': '2' });
    expect(checkClusterFile(text, { file: 'f' })).toMatchObject({
      kind: 'ok',
      environments: ['local', 'tiny'],
    });
  });

  test('a problem of an override is shown on its own line', () => {
    const text = withEnvironments.replace(/ {2}wrong:[^]*/, '');
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text, 'tiny')).toEqual([
      expect.stringMatching(/^cluster.yaml:12:14: tolerance 2 needs 5 brokers/),
    ]);
  });

  test('a problem that an override leaves alone stays on the line of the file', () => {
    const text = 'name: events\nbrokers: 4\nenvironments:\n  local: {storage: {size: 8Gi}}';
    expect(problemsOf(text, 'local')[0]).toMatch(/^cluster.yaml:2:10: tolerance 2 needs 5 brokers/);
  });

  test('a problem inside a list of an override is not looked for in the list that it replaces', () => {
    const text = withEnvironments.replace('partitions: 5', 'partition: 5').replace(/ {2}wrong:[^]*/, '');
    expect(problemsOf(text, 'local')).toEqual([
      'cluster.yaml:10:14: topics[0].partitions is missing; allowed: a whole number from 1 to 10000',
      expect.stringMatching(
        /^cluster.yaml:10:28: unknown key "partition" in topics\[0\]; did you mean "partitions"\?/,
      ),
    ]);
  });

  test('an environment that is not chosen must be well-formed too, and one that is there', () => {
    expect(problemsOf(withEnvironments, 'local')).toEqual([
      expect.stringMatching(
        /^cluster.yaml:14:5: unknown key "storag" in environments.wrong; did you mean "storage"\?/,
      ),
    ]);
    expect(problemsOf(withEnvironments, 'lokal')).toContain(
      'cluster.yaml:6:1: there is no environment "lokal"; did you mean "local"? known: local, tiny, wrong',
    );
    expect(problemsOf('name: events', 'local')).toEqual([
      'cluster.yaml:1:1: there is no environment "local"; known: none',
    ]);
  });

  test('a name may stand in the environments alone', () => {
    expect(specOf('environments: {a: {name: events-a}}', 'a').name).toBe('events-a');
  });

  test('what is doubtful is warned of, and accepted', () => {
    const text = `name: events
images: {kafka: registry/kafka, zookeeper: "zookeeper:3.8.6"}
ingest: {rate: 400MB/s}
resources: {cpu: 100m}
kafkaConfig: {num.io.thread: 4}
topics: [{name: state, partitions: 20, config: {cleanup.policy: compact}}]
`;
    const result = checkClusterFile(text, { file: 'cluster.yaml' });
    expect(result.kind === 'ok' && result.warnings.map(formatProblem)).toEqual([
      expect.stringMatching(
        /^cluster.yaml:2:17: images.kafka is "registry\/kafka", which can become another image/,
      ),
      expect.stringMatching(
        /^cluster.yaml:2:17: images.kafka, images.zookeeper without a digest: .*registry\/kafka@sha256:…$/,
      ),
      expect.stringMatching(
        /^cluster.yaml:2:44: images.zookeeper has the tag "3.8.6", but the version is 3.9.5/,
      ),
      expect.stringMatching(
        /^cluster.yaml:4:18: a broker is expected to need 400m of CPU .* resources.cpu is 100m$/,
      ),
      expect.stringMatching(/^cluster.yaml:5:15: "num.io.thread" is not a broker setting/),
      expect.stringMatching(/^cluster.yaml:6:65: topic "state" is compacted/),
    ]);
  });

  test('a digest needs no tag, and a tag a digest, also where the file names no image', () => {
    const warningsOf = (images: string) => {
      const result = checkClusterFile(`name: events\nimages: {${images}}`, { file: 'f' });
      return result.kind === 'ok' && result.warnings.map(({ message }) => message.split(' without')[0]);
    };
    const digest = '@sha256:0123';
    const others = `zookeeper: "zookeeper:3.9.5${digest}", workload: "node:24${digest}"`;
    expect(warningsOf(`kafka: "registry:5000/kafka${digest}", ${others}`)).toEqual([]);
    expect(warningsOf(`kafka: "kafka:latest${digest}", ${others}`)).toEqual([]);
    expect(warningsOf(`kafka: "mirror/kafka:3.9.2", ${others}`)).toEqual(['images.kafka']);
    expect(warningsOf('')).toEqual([]);
    expect(
      warningsOf(`kafka: "kafka:3.9.2${digest}", zookeeper: "zookeeper:3.9.5${digest}", workload: node:24`),
    ).toEqual([
      'images.workload is "node:24", which can become another image at any restart; add a version or a digest',
      'images.workload',
    ]);
  });

  test('whatever the file holds, it is accepted or refused with places inside it', () => {
    const keys = fc.constantFrom(
      'name',
      'brokers',
      'storage',
      'size',
      'topics',
      'kafkaConfig',
      'environments',
      'local',
      'x.y',
      '__proto__',
    );
    const scalars = fc.constantFrom(null, true, 0, -1, 5, 1e300, '', 'events', '50Gi', '1e999', '100MB/s');
    const { data } = fc.letrec((tie) => ({
      data: fc.oneof(
        { depthSize: 'small' },
        scalars,
        fc.array(tie('data'), { maxLength: 3 }),
        fc.dictionary(keys, tie('data'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(data, fc.constantFrom(undefined, 'local'), (file, environment) => {
        const text = stringify(file);
        const result = checkClusterFile(text, { file: 'f', environment });
        if (result.kind === 'ok') return;
        expect(result.problems.length).toBeGreaterThan(0);
        const lines = text.split('\n').length;
        for (const { line, column } of result.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('absurd amounts are refused, not computed for ever', () => {
    expect(problemsOf(`name: events\ningest: {rate: ${'9'.repeat(60)}GB/s}`).length).toBeGreaterThan(0);
    const noSize = 'name: events\nstorage: {size: 1Gi}\nkafkaConfig: {message.max.bytes: 0}';
    expect(problemsOf(noSize)[0]).toMatch(/storage.size is 1Gi, too small/);
    const topic = '{name: events, partitions: 10000, config: {retention.bytes: 9223372036854775807}}';
    expect(problemsOf(`name: events\ntopics: [${topic}]`)[0]).toMatch(/storage.size is 50Gi, too small/);
  });
});
