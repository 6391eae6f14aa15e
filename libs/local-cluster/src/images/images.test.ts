import { describe, expect, test } from '@jest/globals';
import { basename } from 'node:path';
import { aSpec } from '@kafka-ha/config/testing';
import { connectImage } from '../testing/images/connect-image.ts';
import { imagesOf } from './images.ts';

const images = imagesOf({ kafka: ['3.8.1', '3.9.2'], zookeeper: ['3.9.5'] });

const [aKafka4] = imagesOf({ kafka: ['4.4.0'], zookeeper: [] }).filter(({ names }) =>
  names.includes('docker.io/apache/kafka:4.4.0'),
);

const named = (name: string) => images.find(({ names }) => names.includes(name));

describe('images', () => {
  test('every version that is asked for has the name of the official image', () => {
    expect(images.flatMap(({ names }) => names).filter((name) => name.startsWith('docker.io/'))).toEqual([
      'docker.io/apache/kafka:3.8.1',
      'docker.io/apache/kafka:3.9.2',
      'docker.io/library/zookeeper:3.9.5',
      `docker.io/library/${aSpec().images.workload}`,
      'docker.io/library/node:24',
    ]);
  });

  test('Java is on the path, and two versions of Kafka differ in their last two layers alone', () => {
    const [older, newer] = [named('docker.io/apache/kafka:3.8.1'), named('docker.io/apache/kafka:3.9.2')];
    expect(newer?.config.Env).toContainEqual(expect.stringMatching(/^PATH=\/opt\/java\/openjdk\/bin:/));
    expect(older?.layers.slice(0, -2).map(({ path }) => path)).toEqual(
      newer?.layers.slice(0, -2).map(({ path }) => path),
    );
    expect(older?.layers.slice(-2).map(({ path }) => basename(path))).toEqual([
      expect.stringMatching(/^layer-kafka-3\.8\.1-/),
      expect.stringMatching(/^layer-class-data-3\.8\.1-/),
    ]);
  });

  test('Kafka 4 differs from Kafka 3 in its last two layers alone', () => {
    const [three, four] = [named('docker.io/apache/kafka:3.9.2'), aKafka4];
    expect(four?.config).toEqual(three?.config);
    expect(four?.layers.slice(0, -2).map(({ path }) => path)).toEqual(
      three?.layers.slice(0, -2).map(({ path }) => path),
    );
    expect(four?.layers.slice(-2).map(({ path }) => basename(path))).toEqual([
      expect.stringMatching(/^layer-kafka-4\.4\.0-/),
      expect.stringMatching(/^layer-class-data-4\.4\.0-/),
    ]);
  });

  test("the image of Kafka Connect is Kafka's with the plugin above, under its own name", () => {
    const image = connectImage('registry.example/connect:1', {
      kafka: '4.4.0',
      plugin: 'a:b:1:tar.gz:plugin',
    });
    expect(image).toEqual({ ...aKafka4, names: ['registry.example/connect:1'], layers: expect.any(Array) });
    expect(image.layers.slice(0, -1).map(({ path }) => path)).toEqual(
      aKafka4?.layers.map(({ path }) => path),
    );
    expect(basename(image.layers.at(-1)?.path ?? '')).toMatch(/^layer-connect-plugin-/);
  });

  test("Kafka's and ZooKeeper's images are each on a base like the official one's, and in its locale", () => {
    const [kafka, zookeeper] = [
      named('docker.io/apache/kafka:3.9.2'),
      named('docker.io/library/zookeeper:3.9.5'),
    ];
    expect(basename(kafka?.layers[0]?.path ?? '')).toMatch(/^layer-base-of-kafka-/);
    expect(basename(zookeeper?.layers[0]?.path ?? '')).toMatch(/^layer-base-of-zookeeper-/);
    for (const image of [kafka, zookeeper]) expect(image?.config.Env).toContain('LC_ALL=en_US.UTF-8');
  });

  test('all parts of Kubernetes are one image, under the names that kubeadm asks for', () => {
    const image = named('kafka-ha.local/kube-proxy:v1.35.4');
    expect(image).toBe(named('kafka-ha.local/etcd:3.6.8'));
    expect(image).toBe(named('kafka-ha.local/coredns:v1.14.2'));
  });
});
