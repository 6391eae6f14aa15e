import { describe, expect, test } from '@jest/globals';
import { imageDifferences, lostTopics, type MetadataImage } from './compare-metadata.ts';
import { imageOfZnodes, topicsWithoutId } from './image-of-znodes.ts';

const znodes = {
  '/cluster/id': '{"version":"1","id":"abcdefghijklmnopqrstuw"}',
  '/brokers/topics': '',
  '/brokers/topics/events':
    '{"removing_replicas":{},"partitions":{"0":[0,1,2],"1":[1,2,0]},"topic_id":"AAAAAAAAAAAAAAAAAAAAAQ","adding_replicas":{},"version":3}',
  '/brokers/topics/old': '{"partitions":{"0":[0]},"version":2}',
  '/config/topics/events': '{"version":1,"config":{"retention.ms":"86400000"}}',
  '/config/topics/old': '{"version":1,"config":{}}',
  '/config/brokers/<default>': '{"version":1,"config":{"log.cleaner.threads":"2"}}',
  '/config/brokers/1': '{"version":1,"config":{"leader.replication.throttled.rate":"1000"}}',
  '/config/brokers/2': '{"version":1,"config":{}}',
  '/config/users/a%2Fb': '{"version":1,"config":{"producer_byte_rate":"1048576","SCRAM-SHA-256":"salt=x"}}',
  '/config/users/alice/clients/app': '{"version":1,"config":{"consumer_byte_rate":"5.0E7"}}',
  '/config/clients/<default>': '{"version":1,"config":{"request_percentage":"50"}}',
  '/config/ips/10.0.0.1': '{"version":1,"config":{"connection_creation_rate":"10"}}',
};

const image: MetadataImage = {
  topics: {
    events: {
      id: 'AAAAAAAAAAAAAAAAAAAAAQ',
      partitions: { 0: [0, 1, 2], 1: [1, 2, 0] },
      config: { 'retention.ms': '86400000' },
    },
    old: { id: '', partitions: { 0: [0] }, config: {} },
  },
  brokers: { all: { 'log.cleaner.threads': '2' }, 1: { 'leader.replication.throttled.rate': '1000' } },
  quotas: {
    'user=a/b': { producer_byte_rate: '1048576' },
    'user=alice,client-id=app': { consumer_byte_rate: '5.0E7' },
    'client-id=<default>': { request_percentage: '50' },
    'ip=10.0.0.1': { connection_creation_rate: '10' },
  },
};

describe('imageOfZnodes', () => {
  test('topics, settings and quotas are found, credentials left out', () => {
    expect(imageOfZnodes(znodes)).toEqual(image);
  });

  test('a topic of before there were ids is named', () => {
    expect(topicsWithoutId(image)).toEqual(['old']);
  });
});

describe('imageDifferences', () => {
  test('the same is equal, also where numbers are written otherwise and a secret is kept', () => {
    const copy = {
      ...image,
      quotas: { ...image.quotas, 'user=alice,client-id=app': { consumer_byte_rate: '50000000' } },
      brokers: { ...image.brokers, all: { 'log.cleaner.threads': null } },
    };
    expect(imageDifferences(image, image)).toEqual([]);
    expect(imageDifferences(image, copy)).toEqual([]);
  });

  test.each([
    ['a topic is missing', { topics: { old: image.topics['old']! } }, 'topic events is missing'],
    [
      'one is there that was not',
      { topics: { ...image.topics, x: image.topics['old']! } },
      'topic x is there, and was not',
    ],
    ['another id', events({ id: 'B' }), 'topic events has the id B, not AAAAAAAAAAAAAAAAAAAAAQ'],
    [
      'another replica',
      events({ partitions: { 0: [0, 1, 3], 1: [1, 2, 0] } }),
      'events-0 is on 0, 1, 3, not 0, 1, 2',
    ],
    [
      'a partition is missing',
      events({ partitions: { 0: [0, 1, 2] } }),
      'events-1 is on no broker, not 1, 2, 0',
    ],
    ['a config is missing', events({ config: {} }), 'topic events: retention.ms is not set, not 86400000'],
    [
      'a broker has none',
      { brokers: {} },
      'broker 1: leader.replication.throttled.rate is not set, not 1000',
    ],
    [
      'a quota is another',
      { quotas: { ...image.quotas, 'user=a/b': { producer_byte_rate: '1' } } },
      'quota of user=a/b: producer_byte_rate is 1, not 1048576',
    ],
  ])('%s', (_, change, difference) => {
    expect(imageDifferences(image, { ...image, ...change })).toContain(difference);
  });

  function events(change: Partial<MetadataImage['topics'][string]>) {
    return { topics: { ...image.topics, events: { ...image.topics['events']!, ...change } } };
  }
});

describe('lostTopics', () => {
  test('what somebody has made, grown or set meanwhile is no loss', () => {
    const { events } = image.topics;
    const now = {
      ...image,
      topics: {
        ...image.topics,
        new: { id: 'C', partitions: { 0: [1] }, config: {} },
        events: { ...events!, partitions: { ...events!.partitions, 2: [0] }, config: {} },
      },
      quotas: {},
    };
    expect(lostTopics(image, now)).toEqual([]);
  });

  test('a topic that is gone, made anew or shorter is one', () => {
    const { events, old } = image.topics;
    expect(lostTopics(image, { ...image, topics: { events: events! } })).toEqual(['topic old is missing']);
    const another = { ...image, topics: { old: old!, events: { ...events!, id: 'B' } } };
    expect(lostTopics(image, another)).toEqual(['topic events has the id B, and had AAAAAAAAAAAAAAAAAAAAAQ']);
    const shorter = { ...image, topics: { old: old!, events: { ...events!, partitions: { 0: [0, 1, 2] } } } };
    expect(lostTopics(image, shorter)).toEqual(['topic events has no partition 1']);
  });
});
