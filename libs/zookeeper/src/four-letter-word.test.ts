import { describe, expect, test } from '@jest/globals';
import { fourLetterWord, readServer } from './index.ts';
import { FakeStream } from './testing/fake-stream.ts';

const address = { host: 'zookeeper-1', port: 2181 };
const signal = new AbortController().signal;

describe('fourLetterWord', () => {
  test('the answer is all that comes until the server closes', async () => {
    const dial = () =>
      new FakeStream((word, stream) => {
        expect(word.toString()).toBe('ruok');
        stream.say('im', 'ok');
        stream.hangUp();
      });
    expect(await fourLetterWord(dial, address, 'ruok', { signal })).toBe('imok');
  });

  test('no answer in time is said with the word and the server', async () => {
    const dial = () => new FakeStream(() => undefined);
    await expect(fourLetterWord(dial, address, 'mntr', { signal, timeoutMs: 20 })).rejects.toMatchObject({
      code: 'zookeeper-unreachable',
      message: 'ZooKeeper at zookeeper-1:2181: no answer to mntr within 20 ms',
    });
  });

  test('half an answer is none', async () => {
    const dial = () =>
      new FakeStream((_word, stream) => {
        stream.say('Zookeeper ver');
        setImmediate(() => stream.destroy());
      });
    await expect(fourLetterWord(dial, address, 'srvr', { signal })).rejects.toMatchObject({
      message: 'ZooKeeper at zookeeper-1:2181: closed the connection before it answered srvr',
    });
  });

  test('an empty answer is none', async () => {
    const dial = () => new FakeStream((_word, stream) => stream.hangUp());
    await expect(fourLetterWord(dial, address, 'srvr', { signal })).rejects.toMatchObject({
      code: 'zookeeper-unreachable',
    });
  });

  test('a word that the server does not allow is an error, not an answer', async () => {
    const dial = () =>
      new FakeStream((_word, stream) => {
        stream.say('mntr is not executed because it is not in the whitelist.\n');
        stream.hangUp();
      });
    await expect(fourLetterWord(dial, address, 'mntr', { signal })).rejects.toThrow('not in the whitelist');
  });

  test('an abort ends the waiting and the connection', async () => {
    const stopper = new AbortController();
    const stream = new FakeStream(() => stopper.abort());
    await expect(
      fourLetterWord(() => stream, address, 'ruok', { signal: stopper.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(stream.destroyed).toBe(true);
  });

  test('a server that refuses the connection is a state with the reason', async () => {
    const dial = () => {
      const stream = new FakeStream(() => undefined);
      setImmediate(() => stream.destroy(new Error('connection refused')));
      return stream;
    };
    expect(await readServer(dial, address, { signal })).toEqual({
      mode: 'unreachable',
      reason: 'ZooKeeper at zookeeper-1:2181: connection refused',
    });
  });
});
