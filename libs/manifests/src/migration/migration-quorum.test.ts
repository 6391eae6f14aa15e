import { brokerKeysOf } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { describe, expect, test } from '@jest/globals';
import { componentsOf, quorumComponentOf } from '../components.ts';
import { kafkaConfigOf } from '../kafka/kafka-config.ts';
import { kafkaStatefulSet } from '../kafka/kafka-stateful-set.ts';
import { kafkaStartScript } from '../kafka/start-script.ts';
import { controllerConfigOf } from '../kraft/controller-config.ts';
import { renderObjects } from '../render-objects.ts';

const versions = { kafka: '3.9.2' };
const [zookeeper, migrating, dualWrite, kraft] = (
  ['zookeeper', 'migrating', 'dual-write', 'kraft'] as const
).map((mode) => aSpec({ name: 'a', namespace: 'b', mode, versions })) as [Spec, Spec, Spec, Spec];
type Spec = ReturnType<typeof aSpec>;

const flag = 'zookeeper.metadata.migration.enable';
const configOf = (spec: Spec) => {
  const { restart, dynamic } = kafkaConfigOf(spec);
  return { ...restart, ...dynamic };
};

describe('a cluster on its way from ZooKeeper to KRaft', () => {
  test('has both that keep metadata, before the brokers in a roll', () => {
    for (const spec of [migrating, dualWrite])
      expect(componentsOf(spec)).toEqual(['zookeeper', 'controller', 'kafka']);
    expect([migrating, dualWrite].map(quorumComponentOf)).toEqual(['zookeeper', 'controller']);
  });

  test('its brokers first stay what they were, and know the controllers as well', () => {
    const config = configOf(migrating);
    expect(config).toMatchObject(
      Object.fromEntries(
        Object.entries(configOf(zookeeper)).filter(([key]) => key !== 'listener.security.protocol.map'),
      ),
    );
    expect(config).toMatchObject({
      [flag]: 'true',
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.voters': configOf(kraft)['controller.quorum.voters'],
      'control.plane.listener.name': 'CONTROL',
      listeners: 'CLIENT://:9092,REPLICATION://:9091,CONTROL://:9090',
      'listener.security.protocol.map':
        'CLIENT:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    });
    expect(config).not.toHaveProperty('process.roles');
  });

  test('its controllers have the flag and the way to ZooKeeper until the last step, and not before the first', () => {
    for (const spec of [migrating, dualWrite])
      expect(controllerConfigOf(spec)).toMatchObject({
        'process.roles': 'controller',
        [flag]: 'true',
        'zookeeper.connect': configOf(zookeeper)['zookeeper.connect'],
        'inter.broker.listener.name': 'REPLICATION',
      });
    expect(controllerConfigOf(kraft)).not.toHaveProperty([flag]);
    expect(JSON.stringify(controllerConfigOf(kraft))).not.toContain('zookeeper');
  });

  test('Kafka 3.9.2 knows every setting', () => {
    const known = brokerKeysOf('3.9.2');
    for (const spec of [migrating, dualWrite])
      for (const key of Object.keys({ ...configOf(spec), ...controllerConfigOf(spec) }))
        expect(known).toHaveProperty([key]);
  });

  test('the last step restarts no broker', () => {
    expect(kafkaStatefulSet(dualWrite)).toEqual(kafkaStatefulSet(kraft));
  });

  test('a broker keeps its volume all the way', () => {
    const claims = [zookeeper, migrating, dualWrite, kraft].map(
      (spec) =>
        (kafkaStatefulSet(spec)['spec'] as unknown as { volumeClaimTemplates: unknown }).volumeClaimTemplates,
    );
    for (const claim of claims) expect(claim).toEqual(claims[0]);
  });

  test('what a dead JVM leaves is ended at the controllers and in ZooKeeper', () => {
    const script = kafkaStartScript(migrating);
    expect(script.indexOf('having the JVM that died here fenced')).toBeGreaterThan(-1);
    expect(script.indexOf('ending the ZooKeeper session')).toBeGreaterThan(
      script.indexOf('having the JVM that died here fenced'),
    );
  });

  test('controllers reach ZooKeeper and the brokers, and of the others only those of a migration do', () => {
    const controllers = {
      podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'controller' }) },
    };
    for (const spec of [migrating, dualWrite]) {
      expect(peersOf(spec, 'a-zookeeper', 2181)).toContainEqual(controllers);
      expect(peersOf(spec, 'a-kafka', 9091)).toContainEqual(controllers);
    }
    expect(peersOf(zookeeper, 'a-zookeeper', 2181)).not.toContainEqual(controllers);
    expect(peersOf(kraft, 'a-kafka', 9091)).not.toContainEqual(controllers);
  });

  function peersOf(spec: Spec, name: string, port: number): unknown[] {
    const policy = renderObjects(spec).find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name,
    );
    const { ingress } = policy?.['spec'] as unknown as {
      ingress: { from: unknown[]; ports: { port: number }[] }[];
    };
    return ingress
      .filter(({ ports }) => ports.some((each) => each.port === port))
      .flatMap(({ from }) => from);
  }
});
