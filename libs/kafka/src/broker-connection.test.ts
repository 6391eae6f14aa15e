import { setImmediate as asked } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { deleteTopicsApi, encode, int32 } from '@kafka-ha/kafka-protocol';
import { BrokerConnection } from './broker-connection.ts';
import { aRefusedStream, FakeStream } from './testing/fake-stream.ts';

const address = { host: 'kafka-0', port: 9092 };

describe('BrokerConnection', () => {
  test('answers find their requests, in whatever pieces they come', async () => {
    const stream = new FakeStream(() => undefined);
    const connection = await open(stream);
    const answers = Promise.all([ask(connection, 'a'), ask(connection, 'b')]);
    await asked();
    const bytes = Buffer.concat([answerTo(0, 'a'), answerTo(1, 'b')]);
    stream.say(bytes.subarray(0, 3), bytes.subarray(3, 31), bytes.subarray(31));
    expect((await answers).map(({ topics }) => topics[0]?.name)).toEqual(['a', 'b']);
  });

  test('a large answer in many pieces costs as much per byte as a small one', async () => {
    const perMiB = async (mib: number) => {
      const stream = new FakeStream(() => undefined);
      const connection = await open(stream, 10_000);
      const answer = connection
        .ask(deleteTopicsApi, { names: [], timeoutMs: 0 }, 60_000)
        .catch(() => undefined);
      const bytes = Buffer.concat([
        encode(int32, mib * 2 ** 20),
        encode(int32, 0),
        Buffer.alloc(mib * 2 ** 20),
      ]);
      const started = process.cpuUsage().user;
      for (let at = 0; at < bytes.length; at += 4096) stream.emit('data', bytes.subarray(at, at + 4096));
      await answer;
      return (process.cpuUsage().user - started) / mib;
    };
    await perMiB(1);
    expect(await perMiB(16)).toBeLessThan(8 * (await perMiB(4)) + 5_000);
  });

  test('what the protocol has no bytes for is not sent, and is not the fault of the broker', async () => {
    const written: Buffer[] = [];
    const connection = await open(new FakeStream((bytes) => void written.push(bytes)));
    await expect(ask(connection, 'x'.repeat(40_000))).rejects.toMatchObject({
      code: 'internal',
      message: 'DeleteTopics cannot be written: a string of 40000 bytes; 32767 at the most',
    });
    expect(written).toEqual([]);
    expect(connection.isOpen).toBe(true);
  });

  test('a request carries its API, version, number and the client', async () => {
    const written: string[] = [];
    const connection = await open(new FakeStream((bytes) => void written.push(bytes.toString('hex'))));
    ask(connection, 'orders').catch(() => undefined);
    await asked();
    expect(written).toEqual([
      '0000001e' + '0014' + '0003' + '00000000' + '000474657374' + '0000000100066f726465727300001388',
    ]);
  });

  test('a broker that does not answer in time is named with the request, and given up', async () => {
    const stream = new FakeStream(() => undefined);
    const connection = await open(stream);
    await expect(connection.ask(deleteTopicsApi, { names: [], timeoutMs: 0 }, 20)).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'kafka-0:9092: no answer to DeleteTopics within 20 ms',
    });
    expect(connection.isOpen).toBe(false);
    expect(stream.destroyed).toBe(true);
    await expect(ask(connection, 'late')).rejects.toMatchObject({ code: 'kafka-unreachable' });
  });

  test('when a broker hangs up, all that wait are told', async () => {
    const stream = new FakeStream(() => undefined);
    const connection = await open(stream);
    const waiting = Promise.allSettled([ask(connection, 'a'), ask(connection, 'b')]);
    await asked();
    stream.hangUp();
    for (const outcome of await waiting) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'kafka-unreachable', message: 'kafka-0:9092: closed the connection' },
      });
    }
  });

  test('a refused connection is said with its address and cause', async () => {
    await expect(open(aRefusedStream())).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'kafka-0:9092: connect ECONNREFUSED',
    });
  });

  test('a dial that has no way to the address is said with its reason', async () => {
    const dial = () => {
      throw new Error('no pod of that name');
    };
    await expect(
      BrokerConnection.open(dial, address, { clientId: 'test', timeoutMs: 20, fence: async () => undefined }),
    ).rejects.toMatchObject({
      code: 'kafka-unreachable',
      message: 'kafka-0:9092: no pod of that name',
    });
  });

  test('a connection that never opens is given up', async () => {
    const stream = new FakeStream(() => undefined);
    stream.emit = () => true;
    await expect(open(stream)).rejects.toMatchObject({ message: 'kafka-0:9092: no connection within 50 ms' });
  });

  test('what is not Kafka is said to be so', async () => {
    const connection = await open(
      new FakeStream((_bytes, stream) => stream.say('HTTP/1.1 400 Bad Request\r\n')),
    );
    await expect(ask(connection, 'orders')).rejects.toThrow('the server there is not a Kafka broker');
  });

  test('an answer that cannot be read is said with its request', async () => {
    const connection = await open(
      new FakeStream((_bytes, stream) => stream.say(encode(int32, 5), encode(int32, 0), Buffer.of(1))),
    );
    await expect(ask(connection, 'orders')).rejects.toThrow('its answer to DeleteTopics cannot be read');
  });

  function open(stream: ReturnType<typeof aRefusedStream>, timeoutMs = 50): Promise<BrokerConnection> {
    return BrokerConnection.open(() => stream, address, {
      clientId: 'test',
      timeoutMs,
      fence: async () => undefined,
    });
  }

  function ask(connection: BrokerConnection, name: string) {
    return connection.ask(deleteTopicsApi, { names: [name], timeoutMs: 5000 }, 1000);
  }

  function answerTo(id: number, name: string): Buffer {
    const body = encode(deleteTopicsApi.response, { throttleTimeMs: 0, topics: [{ name, errorCode: 0 }] });
    return Buffer.concat([encode(int32, 4 + body.length), encode(int32, id), body]);
  }
});
