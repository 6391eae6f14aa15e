import { describe, expect, test } from '@jest/globals';
import { parseSettings } from './settings.ts';

const least = { run: 'r1', brokers: ['events-kafka-0.kafka:9092'], topic: 'drill' };

describe('settings', () => {
  test('what is left out has a default', () => {
    expect(parseSettings(JSON.stringify(least))).toEqual({
      ...least,
      ratePerSecond: 10,
      recordBytes: 200,
      idempotent: true,
      requestTimeoutMs: 10_000,
      consumers: 0,
    });
  });

  test.each<[object, RegExp]>([
    [{ run: 'two words' }, /run must be a name without blanks/],
    [{ brokers: [] }, /brokers must be a list of host:port/],
    [{ brokers: ['no-port'] }, /brokers must be a list of host:port/],
    [{ topic: undefined }, /topic must be a name/],
    [{ ratePerSecond: 0 }, /ratePerSecond must be a positive number/],
    [{ recordBytes: '200' }, /recordBytes must be a positive number/],
    [{ history: 1 }, /history must be the path of a file/],
    [{ idempotent: 'no' }, /idempotent must be true or false/],
    [{ requestTimeoutMs: 0 }, /requestTimeoutMs must be a positive number/],
    [{ consumers: 'two' }, /consumers must be a number, or 0 for none/],
    [{ jvmPort: 'any' }, /jvmPort must be the number of a port/],
    [{ coordinator: -1 }, /coordinator must be the id of a broker/],
    [{ rate: 5 }, /rate must be left out: it is unknown/],
  ])('%p is refused by name', (change, message) => {
    expect(() => parseSettings(JSON.stringify({ ...least, ...change }))).toThrow(message);
  });

  test('a pod without settings says what is missing', () => {
    expect(() => parseSettings(undefined)).toThrow('KAFKA_HA_WORKLOAD is not set');
  });
});
