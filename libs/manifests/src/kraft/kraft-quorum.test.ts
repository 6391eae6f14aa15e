import { brokerKeysOf } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { describe, expect, test } from '@jest/globals';
import { kafkaConfigOf } from '../kafka/kafka-config.ts';
import { loggingOf } from '../kafka/logging.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { renderObjects } from '../render-objects.ts';
import { clusterIdOf } from './quorum-config-map.ts';
import { controllerId, ordinalOfController } from './controller-addresses.ts';
import { controllerConfigOf } from './controller-config.ts';
import { registrationLog } from './fence-old-broker.ts';

const spec = aSpec({ name: 'a', namespace: 'b', mode: 'kraft' });
const objectOf = (kind: string, name: string, of = spec) =>
  renderObjects(of).find((object) => object.kind === kind && object.metadata.name === name);
const voters = [0, 1, 2]
  .map((ordinal) => `${1000 + ordinal}@a-controller-${ordinal}.a-controller-headless.b.svc:9093`)
  .join(',');

const brokerConfig = (of = spec) => {
  const { restart, dynamic } = kafkaConfigOf(of);
  return { ...restart, ...dynamic };
};

describe('kraftQuorum', () => {
  test('brokers name every controller, and have no listener for them', () => {
    expect(brokerConfig()).toMatchObject({
      'process.roles': 'broker',
      'controller.quorum.voters': voters,
      'controller.listener.names': 'CONTROLLER',
      listeners: 'CLIENT://:9092,REPLICATION://:9091',
      'listener.security.protocol.map': 'CLIENT:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROLLER:PLAINTEXT',
    });
  });

  test('brokers and controllers agree on what both read', () => {
    const [broker, controller] = [brokerConfig(), controllerConfigOf(spec)];
    const own = ['listeners', 'process.roles', 'log.dirs', 'metadata.log.segment.bytes', 'num.partitions'];
    for (const [key, value] of Object.entries(controller))
      if (!own.includes(key)) expect([key, broker[key]]).toEqual([key, value]);
  });

  test('the promise is in the file of the controllers, who make the topics', () => {
    expect(controllerConfigOf(spec)).toMatchObject({
      'default.replication.factor': '5',
      'min.insync.replicas': '3',
      'unclean.leader.election.enable': 'false',
      'auto.leader.rebalance.enable': 'true',
      'num.partitions': '1',
    });
    const tuned = aSpec({
      mode: 'kraft',
      kafkaConfig: { 'num.partitions': 6, 'leader.imbalance.check.interval.seconds': 30 },
    });
    expect(controllerConfigOf(tuned)).toMatchObject({
      'num.partitions': '6',
      'leader.imbalance.check.interval.seconds': '30',
    });
  });

  test.each(['3.9.2', '4.0.2', '4.2.2', '4.4.0'])(
    'Kafka %s knows every setting, and none is of ZooKeeper',
    (kafka) => {
      const of = aSpec({ mode: 'kraft', versions: { kafka } });
      const known = brokerKeysOf(kafka);
      for (const key of Object.keys({ ...brokerConfig(of), ...controllerConfigOf(of) }))
        expect([key, Object.hasOwn(known, key), key.startsWith('zookeeper.')]).toEqual([key, true, false]);
    },
  );

  test('a broker is patient with its controllers, who are not with each other', () => {
    const patience = ['controller.quorum.fetch.timeout.ms', 'controller.quorum.election.timeout.ms'];
    for (const key of patience) {
      expect(Number(brokerConfig()[key])).toBeGreaterThanOrEqual(600_000);
      expect(controllerConfigOf(spec)).not.toHaveProperty([key]);
    }
  });

  test('a silent broker is taken for dead before the leaders drop it', () => {
    const config = brokerConfig();
    expect(Number(config['replica.lag.time.max.ms'])).toBeGreaterThan(
      Number(config['broker.session.timeout.ms']),
    );
  });

  test('a broker that asks a dead address for the controller can ask again within its session', () => {
    const config = brokerConfig();
    const triesMs = 4 * Number(config['socket.connection.setup.timeout.max.ms']);
    expect(triesMs).toBeLessThan(Number(controllerConfigOf(spec)['broker.session.timeout.ms']));
  });

  test('only brokers and controllers reach a controller', () => {
    expect(objectOf('NetworkPolicy', 'a-controller')?.spec).toMatchObject({
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'broker' } } },
            { podSelector: { matchLabels: { 'app.kubernetes.io/component': 'controller' } } },
          ],
          ports: [{ port: 9093 }],
        },
      ],
    });
    expect(objectOf('PodDisruptionBudget', 'a-controller')?.spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('raising the metadata restarts nobody', () => {
    const templates = (metadata: string) => {
      const raised = aSpec({ mode: 'kraft', versions: { metadata } });
      return renderObjects(raised).filter(({ kind }) => kind === 'StatefulSet');
    };
    expect(templates('4.4')).toEqual(templates('4.2'));
  });

  test('Kafka 4 logs by another file than Kafka 3.9, and each has the registration beside it', () => {
    const filesOf = (kafka: string) => {
      const of = aSpec({ name: 'a', mode: 'kraft', versions: { kafka } });
      return annotationsOf(objectOf('StatefulSet', 'a-kafka', of)!);
    };
    expect(filesOf('4.2.2')['kafka-ha/log4j2.properties']).toContain(
      'appender.registration.fileName=/data/registration.log',
    );
    expect(filesOf('3.9.2')['kafka-ha/log4j.properties']).toContain(
      'log4j.logger.kafka.server.BrokerLifecycleManager=INFO, registration',
    );
  });

  test('the thread that sends the heartbeats writes to the volume only when its broker has been registered', () => {
    const of = (kafka: string) => Object.values(loggingOf(kafka, registrationLog).files).join('');
    expect(of('4.4.0')).toContain(
      'appender.registration.filter.only.regex=.*Successfully registered broker.*',
    );
    expect(of('3.9.2')).toMatch(
      /filter\.1\.StringToMatch=Successfully registered broker\n.*filter\.2=org\.apache\.log4j\.varia\.DenyAllFilter/,
    );
  });

  test('a cluster id is what Kafka takes for one, and its own for each cluster', () => {
    expect(clusterIdOf(spec)).toMatch(/^[\w-]{22}$/);
    expect(clusterIdOf(spec)).toBe(clusterIdOf({ name: 'a', namespace: 'b' }));
    expect(clusterIdOf(spec)).not.toBe(clusterIdOf({ name: 'a', namespace: 'c' }));
  });

  test('controllers are told from brokers by their ids', () => {
    expect(ordinalOfController(controllerId(2))).toBe(2);
    expect(ordinalOfController(98)).toBeUndefined();
  });

  function annotationsOf({ spec }: KubernetesObject): Record<string, string> {
    const { template } = spec as unknown as {
      template: { metadata: { annotations: Record<string, string> } };
    };
    return template.metadata.annotations;
  }
});
