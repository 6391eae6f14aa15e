import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aTopic } from './testing.ts';
import { mayPause } from './tolerance-of-topic.ts';

const spec = aSpec({
  otherTopics: [
    { name: '_*', tolerance: 0 },
    { name: 'connect-*', tolerance: 1 },
  ],
});

describe('toleranceOfTopic', () => {
  test('a topic of others to which the file gives a tolerance of 0 may pause', () => {
    expect(mayPause(spec, aTopic('_schemas'))).toBe(true);
    expect(mayPause(spec, aTopic('connect-offsets'))).toBe(false);
  });

  test("never one of Kafka's own, nor the one for probes", () => {
    expect(mayPause(spec, aTopic('__kafka_ha_probe'))).toBe(false);
    expect(mayPause(spec, aTopic('__consumer_offsets', { internal: true }))).toBe(false);
  });

  test('a topic that the file does not name keeps the promise', () => {
    expect(mayPause(aSpec(), aTopic('_schemas'))).toBe(false);
  });
});
