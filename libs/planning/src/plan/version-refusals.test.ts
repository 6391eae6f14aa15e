import { describe, expect, test } from '@jest/globals';
import { versionRefusals } from '../index.ts';

const brokersOn = (version: string, protocol: string) => [0, 1, 2].map((id) => ({ id, version, protocol }));

const change = (
  from: [version: string, protocol: string],
  to: [version: string, protocol: string],
  zookeeper: [from: string, to: string] = ['3.9.5', '3.9.5'],
) =>
  versionRefusals({
    brokers: brokersOn(...from),
    servers: [zookeeper[0]],
    wanted: { kafka: to[0], interBrokerProtocol: to[1], zookeeper: zookeeper[1] },
  });

describe('versionRefusals', () => {
  test('binaries go up with the protocol as it is, the protocol afterwards', () => {
    expect(change(['3.8.1', '3.8'], ['3.9.2', '3.8'])).toEqual([]);
    expect(change(['3.9.2', '3.8'], ['3.9.2', '3.9'])).toEqual([]);
  });

  test('until the protocol is raised, the binaries may go back', () => {
    expect(change(['3.9.2', '3.8'], ['3.8.1', '3.8'])).toEqual([]);
  });

  test('both at once is refused: there would be no way back', () => {
    expect(change(['3.8.1', '3.8'], ['3.9.2', '3.9'])).toEqual([
      'protocol 3.9 needs every broker to run Kafka 3.9, but one still runs 3.8.1: keep versions.interBrokerProtocol at "3.8" for now',
    ]);
  });

  test('the protocol is refused while one broker has the old binaries', () => {
    const brokers = [...brokersOn('3.9.2', '3.8'), { id: 3, version: '3.8.1', protocol: '3.8' }];
    const wanted = { kafka: '3.9.2', zookeeper: '3.9.5', interBrokerProtocol: '3.9' };
    expect(versionRefusals({ brokers, servers: [], wanted })).toHaveLength(1);
  });

  test('once the protocol is raised nothing goes back', () => {
    expect(change(['3.9.2', '3.9'], ['3.8.1', '3.8'])).toEqual([
      'Kafka 3.8.1 does not support protocol 3.9, which the brokers already speak: there is no way back from it',
    ]);
    expect(change(['3.9.2', '3.9'], ['3.9.2', '3.8'])).toEqual([
      'the brokers already speak protocol 3.9: it cannot be lowered to 3.8',
    ]);
  });

  test('ZooKeeper goes up, or down within its line', () => {
    const kafka: [string, string] = ['3.9.2', '3.9'];
    expect(change(kafka, kafka, ['3.8.6', '3.9.5'])).toEqual([]);
    expect(change(kafka, kafka, ['3.9.5', '3.9.4'])).toEqual([]);
    expect(change(kafka, kafka, ['3.9.5', '3.8.6'])).toHaveLength(1);
  });

  test('images by digest alone tell no version: the protocol is still not lowered', () => {
    const brokers = [0, 1, 2].map((id) => ({ id, protocol: '3.9' }));
    const wanted = { kafka: '3.9.2', zookeeper: '3.9.5', interBrokerProtocol: '3.8' };
    expect(versionRefusals({ brokers, servers: [], wanted })).toEqual([
      'the brokers already speak protocol 3.9: it cannot be lowered to 3.8',
    ]);
  });
});
