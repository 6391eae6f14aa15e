import { describe, expect, test } from '@jest/globals';
import type { Kafka, ProducerConfig, ProducerRecord } from 'kafkajs';
import { openKafkajsProducer } from './producer.ts';

const values = [Buffer.from('a'), Buffer.from('b')];
const never = new AbortController().signal;

describe('kafkajs producer', () => {
  test('a write goes to its partition with acks from all, and brings its offset', async () => {
    const { write, sent, config } = await aProducer([{ partition: 3, errorCode: 0, baseOffset: '41' }]);
    expect(await write(3, values, never)).toEqual({ kind: 'acked', offset: 41 });
    expect(sent).toMatchObject([
      { topic: 'drill', acks: -1, messages: [{ partition: 3, value: values[0] }, {}] },
    ]);
    expect(config).toMatchObject({ idempotent: true, allowAutoTopicCreation: false });
  });

  test.each<[string, unknown, string]>([
    [
      'an answer that does not name the partition',
      [{ partition: 2, errorCode: 0, baseOffset: '7' }],
      'NOT_NAMED',
    ],
    ['a refusal', [{ partition: 3, errorCode: 19, baseOffset: '-1' }], 'NOT_ENOUGH_REPLICAS'],
    ['an error', new Error('Broker not connected'), 'Broker not connected'],
  ])('what became of the write is open after %s', async (_, answer, error) => {
    const { write } = await aProducer(answer);
    expect(await write(3, values, never)).toEqual({ kind: 'unknown', error });
  });

  test('a write that kafkajs goes on trying is given up with the load', async () => {
    const { write } = await aProducer(new Promise(() => undefined));
    expect(await write(3, values, AbortSignal.timeout(20))).toEqual({ kind: 'unknown', error: 'no answer' });
    expect(await write(3, values, AbortSignal.abort())).toEqual({ kind: 'unknown', error: 'no answer' });
  });

  async function aProducer(answer: unknown) {
    const sent: ProducerRecord[] = [];
    let config: ProducerConfig | undefined;
    const producer = {
      connect: async () => undefined,
      send: async (record: ProducerRecord) => {
        sent.push(record);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    const kafka = { producer: (given: ProducerConfig) => ((config = given), producer) } as unknown as Kafka;
    const { write } = await openKafkajsProducer(kafka, { topic: 'drill', idempotent: true });
    return { write, sent, config };
  }
});
