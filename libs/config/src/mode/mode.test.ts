import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '../check-cluster-file.ts';
import { explain } from '../explain.ts';
import { formatProblem } from '../source/problem.ts';
import { aSpec } from '../testing.ts';

describe('mode', () => {
  test('a file without a mode means what it meant', () => {
    expect(aSpec()).toMatchObject({ mode: 'zookeeper', versions: { kafka: '3.9.2' } });
  });

  test('with mode: kraft a name is enough, too', () => {
    expect(aSpec({ mode: 'kraft' })).toMatchObject({
      mode: 'kraft',
      controllers: { servers: 3, cpuMillis: 250, memoryBytes: 512 * 2 ** 20, storageBytes: 2 * 2 ** 30 },
      placement: { separateControllers: 'preferred' },
      versions: { kafka: '4.4.0', metadata: '4.4' },
      images: { kafka: 'apache/kafka:4.4.0' },
      sizing: { quorumHeapBytes: { controllers: 192 * 2 ** 20 } },
    });
  });

  test('the metadata may lag behind the binaries', () => {
    expect(aSpec({ mode: 'kraft', versions: { kafka: '4.4.0', metadata: '3.9' } }).versions).toMatchObject({
      kafka: '4.4.0',
      metadata: '3.9',
    });
    expect(aSpec({ mode: 'kraft', versions: { kafka: '3.9.2', metadata: 3.9 } }).versions.metadata).toBe(
      '3.9',
    );
  });

  test('of every kind of pod the file may say more', () => {
    const pods = { labels: { team: 'a' }, controllers: { nodeSelector: { pool: 'small' } } };
    expect(aSpec({ mode: 'kraft', pods }).pods.controller).toMatchObject({
      labels: { team: 'a' },
      nodeSelector: { pool: 'small' },
    });
  });

  test.each([
    ['mode: kraftt', 'mode is "kraftt"; allowed: one of zookeeper, migrating, dual-write, kraft'],
    ['mode: migration', 'mode is "migration"; allowed: one of zookeeper, migrating, dual-write, kraft'],
    [
      'versions: {kafka: 4.4.0}',
      'Kafka 4.4.0 has no ZooKeeper mode; 3.9 is the last version with it. Allowed: 3.7.x, 3.8.x, 3.9.x; without ZooKeeper write mode: kraft for a new cluster, and take a running one there with kafka-ha migrate',
    ],
    [
      'controllers: {servers: 3}',
      'controllers has no meaning with mode: zookeeper, where there are no controllers beside the brokers: write zookeeper instead, or mode: kraft',
    ],
    ['versions: {metadata: "3.9"}', 'write versions.interBrokerProtocol instead'],
    ['placement: {separateControllers: none}', 'write separateZookeeper instead'],
    ['pods: {controllers: {}}', 'write pods.zookeeper instead'],
    [
      'mode: kraft\nzookeeper: {servers: 3}',
      'zookeeper has no meaning with mode: kraft, where there is no ZooKeeper: write controllers instead',
    ],
    ['mode: kraft\nversions: {zookeeper: 3.9.5}', 'controllers are of the Kafka version'],
    ['mode: kraft\nversions: {interBrokerProtocol: "3.9"}', 'write versions.metadata instead'],
    ['mode: kraft\nimages: {zookeeper: "zookeeper:3.9.5"}', 'controllers run the image of the brokers'],
    ['mode: kraft\nplacement: {separateZookeeper: required}', 'write separateControllers instead'],
    ['mode: kraft\npods: {zookeeper: {}}', 'write pods.controllers instead'],
    ['mode: kraft\nversions: {kafka: 3.8.1}', 'Kafka 3.8.1 is not supported with mode: kraft'],
    ['mode: kraft\nversions: {kafka: 3.9.1}', 'Allowed: 3.9.2 and later of 3.9, 4.0.x to 4.4.x'],
    ['mode: kraft\nversions: {kafka: 4.5.0}', 'Kafka 4.5.0 is not known to this version of kafka-ha'],
    ['mode: migrating\nversions: {kafka: 3.9.1}', 'upgrade to 3.9.2 with mode: zookeeper first'],
    ['mode: dual-write\nversions: {kafka: 4.4.0}', 'Kafka 4.4.0 cannot leave ZooKeeper: it has no ZooKeeper'],
    [
      'mode: migrating\nversions: {interBrokerProtocol: "3.8"}',
      'versions.interBrokerProtocol is "3.8"; allowed with mode: migrating: "3.9"',
    ],
    [
      'mode: dual-write\nzookeeper: {servers: 4}',
      'ZooKeeper needs an odd number of servers, 3 or more (2g + 1, to lose g of them), and there are 4',
    ],
    [
      'mode: migrating\ncontrollers: {servers: 1}',
      'KRaft needs an odd number of controllers, 3 or more (2g + 1, to lose g of them), and there is 1',
    ],
    [
      'mode: kraft\nversions: {kafka: 4.2.2, metadata: "4.3"}',
      'versions.metadata is "4.3", which Kafka 4.2.2 does not know; allowed: at most "4.2"',
    ],
    [
      'mode: kraft\nversions: {metadata: "3.8"}',
      'versions.metadata is "3.8", which is not known to this version of kafka-ha',
    ],
    [
      'mode: kraft\nversions: {metadata: 4.4.0}',
      'versions.metadata is "4.4.0"; allowed: a release of Kafka such as "4.4"',
    ],
    [
      'mode: kraft\ncontrollers: {servers: 4}',
      'KRaft needs an odd number of controllers, 3 or more (2g + 1, to lose g of them), and there are 4; allowed: 3 or 5',
    ],
    ['mode: kraft\ncontrollers: {servers: 1}', 'and there is 1; allowed: 3 or 5'],
    [
      'mode: kraft\ncontrollers: {resources: {memory: 256Mi}}',
      'controllers.resources.memory is 256Mi, too small for its heap beside the memory that the JVM needs outside it; allowed: at least 384Mi',
    ],
    [
      'mode: kraft\ncontrollers: {storage: {size: 512Mi}}',
      'controllers.storage.size is "512Mi"; allowed: a size with its unit',
    ],
    ['mode: kraft\ncontroller: {servers: 3}', 'unknown key "controller"; did you mean "controllers"?'],
    [
      'mode: kraft\nkafkaConfig: {zookeeper.connect: a}',
      'kafkaConfig."zookeeper.connect" cannot be set here: this cluster has no ZooKeeper',
    ],
    [
      'mode: kraft\nkafkaConfig: {password.encoder.iterations: 4096}',
      'cannot be set here: Kafka 4.0 removed it, and this is 4.4.0: leave it out',
    ],
    [
      'mode: kraft\ntopics: [{name: a, partitions: 1, config: {message.downconversion.enable: true}}]',
      'topics[0].config."message.downconversion.enable" cannot be set here: Kafka 4.0 removed it',
    ],
  ])('%j is refused', (text, message) => {
    const result = checkClusterFile(`name: events\n${text}`, { file: 'cluster.yaml' });
    const [problem, ...others] = result.kind === 'refused' ? result.problems.map(formatProblem) : [];
    expect(problem).toContain(message);
    expect(others).toEqual([]);
  });

  test.each(['migrating', 'dual-write'] as const)('with mode: %s there are both', (mode) => {
    const spec = aSpec({ mode, zookeeper: { servers: 5 }, controllers: { resources: { memory: '1Gi' } } });
    expect(spec).toMatchObject({
      zookeeper: { servers: 5 },
      controllers: { servers: 3, memoryBytes: 2 ** 30 },
      versions: { kafka: '3.9.2', interBrokerProtocol: '3.9', metadata: '3.9' },
    });
    const labels = explain(spec).sections.flatMap(({ lines }) => lines.map(({ label }) => label));
    expect(labels).toEqual(
      expect.arrayContaining(['ZooKeeper', 'controllers', 'ZooKeeper heap', "a controller's heap"]),
    );
  });

  test('an environment that only has another mode is told what of the rest does not fit it', () => {
    const text = 'name: events\nzookeeper: {servers: 3}\nenvironments: {next: {mode: kraft}}';
    expect(checkClusterFile(text, { file: 'f' }).kind).toBe('ok');
    expect(checkClusterFile(text, { file: 'f', environment: 'next' })).toMatchObject({
      problems: [{ line: 2, column: 1, path: 'zookeeper' }],
    });
  });

  test('the explanation tells of the controllers, and of no ZooKeeper', () => {
    const lines = explain(
      aSpec({ mode: 'kraft', placement: { separateControllers: 'required' } }),
    ).sections.flatMap((section) => section.lines);
    expect(lines).toEqual(
      expect.arrayContaining([
        {
          label: 'controllers',
          value: '3',
          why: '3 controllers keep a majority of 2 with any 1 lost: 2 × 1 + 1 = 3',
        },
        {
          label: 'nodes',
          value: '8 or more',
          why: 'no two brokers share one, and the controllers have nodes of their own',
        },
        { label: "a controller's heap", value: '192Mi', why: 'of 512Mi: all metadata is in it' },
      ]),
    );
    expect(JSON.stringify(lines)).not.toContain('ZooKeeper');
  });
});
