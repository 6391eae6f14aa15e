import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { fromProperties } from '../properties.ts';
import { clientConfigMap } from './client-config-map.ts';
import {
  clientLibraries,
  javaConsumer,
  javaProducer,
  type ClientLibrary,
  type ClientLibraryName,
} from './client-libraries.ts';
import { clientSettings, clientTerms } from './client-settings.ts';

const libraries = Object.entries(clientLibraries) as [ClientLibraryName, ClientLibrary][];

describe('clientSettings', () => {
  test.each(libraries)(
    '%s is told the address, waits for every acknowledgement, and commits what is stored',
    (name) => {
      const text = clientSettings(clientTerms(aSpec({ name: 'events', namespace: 'streams' })), name);
      expect(text).toContain('events-kafka-bootstrap.streams.svc:9092');
      expect(text).toMatch(/acks(=|: |=")(all|-1|ProduceAcks\.ALL)|WaitForAll|AllISRAcks/);
      expect(text).toMatch(
        /auto_?\.?commit(=|: )false|DisableAutoCommit|AutoCommit\.Enable = false|auto\.commit=false|auto_commit=False/i,
      );
    },
  );

  test('a record is tried for longer than the file lets an interruption last', () => {
    const patient = clientTerms(aSpec({ objectives: { interruption: '5m' } }));
    expect(patient.deliveryMs).toBe(600_000);
    expect(clientTerms(aSpec()).deliveryMs).toBe(120_000);
    expect(clientSettings(patient, 'java')).toContain('delivery.timeout.ms=600000\n');
    expect(clientSettings(patient, 'sarama')).toContain('config.Producer.Retry.Max = 1200\n');
    expect(clientSettings(patient, 'kafkajs')).toContain('retries: 600 }');
  });

  test('producers compress where the sizing counts on it, and only there', () => {
    for (const [name] of libraries) {
      const compressed = clientSettings(clientTerms(aSpec({ ingest: { compression: 4 } })), name);
      const plain = clientSettings(clientTerms(aSpec({ ingest: { compression: 1 } })), name);
      expect(compressed).toMatch(/compression|Lz4Compression|CompressionLZ4/i);
      expect(plain).not.toMatch(/lz4|GZIP,/i);
    }
  });

  test('what loses acknowledged records by default is named as such', () => {
    const losing = libraries.filter(([, { defaults }]) => defaults.acks === '1');
    expect(losing.map(([name]) => name)).toEqual(['sarama', 'aiokafka']);
    for (const [, { withDefaults }] of losing)
      expect(withDefaults).toContain('Acknowledged records are lost');
  });
});

describe('clientConfigMap', () => {
  test('it has the address and what the Java client reads', () => {
    const { metadata, data } = clientConfigMap(aSpec({ name: 'events' })) as unknown as {
      metadata: { name: string };
      data: Record<string, string>;
    };
    expect(metadata.name).toBe('events-client');
    expect(data['KAFKA_BOOTSTRAP_SERVERS']).toMatch(/^events-kafka-bootstrap\./);
    expect(fromProperties(data['producer.properties'] ?? '')).toMatchObject({
      acks: 'all',
      'enable.idempotence': 'true',
      'bootstrap.servers': data['KAFKA_BOOTSTRAP_SERVERS'],
    });
    expect(fromProperties(data['consumer.properties'] ?? '')).toMatchObject({
      'enable.auto.commit': 'false',
    });
  });
});

describe('the example of Kafka Connect', () => {
  test('its consumer and producer have the settings of the Java client, but for those that Connect itself sets', async () => {
    const file = new URL('../../../../docs/examples/connect/connect.yaml', import.meta.url);
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
    const terms = clientTerms(aSpec({ name: 'events', namespace: 'kafka', ingest: { compression: 4 } }));
    const ofConnect = [
      'bootstrap.servers',
      'auto.offset.reset',
      'enable.auto.commit',
      'acks',
      'delivery.timeout.ms',
    ];
    expect(lines).toContain(`bootstrap.servers=${terms.bootstrap}`);
    for (const [client, settings] of Object.entries({
      consumer: javaConsumer(terms),
      producer: javaProducer(terms),
    }))
      for (const [key, value] of Object.entries(settings))
        if (!ofConnect.includes(key)) expect(lines).toContain(`${client}.${key}=${value}`);
  });
});
