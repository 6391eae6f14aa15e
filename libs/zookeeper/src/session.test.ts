import { describe, expect, test } from '@jest/globals';
import { openSession, openSessionSoon, type ZooKeeperSession } from './index.ts';
import { FakeStream } from './testing/fake-stream.ts';

/** What this client and a ZooKeeper 3.9.5 that Kafka 3.9.2 uses said to each other, in hexadecimal. */
const HELLO =
  '0000002d000000000000000000000000000017700000000000000000000000100000000000000000000000000000000000';
const WELCOME = '00000025000000000000177001000009fb24002f00000010d3c6622eb1f4274cdd36e4856040c29d00';
const PING = '00000008fffffffe0000000b';
const PONG = '00000010fffffffe000000000000051000000000';
const EXISTS_3 = '000000210000000100000003000000142f6b61666b612f62726f6b6572732f6964732f3300';
const STAT_3 =
  '0000005400000001000000000000050e0000000000000000000004ed00000000000004ed000001a20c3f1be1000001a20c3f1be100000001000000000000000001000009fb24002e0000012c0000000000000000000004ed';
const EXISTS_STATE =
  '0000003900000001000000030000002c2f6b61666b612f62726f6b6572732f746f706963732f7432302f706172746974696f6e732f342f737461746500';
const STAT_STATE =
  '0000005400000001000000000000051c00000000000000000000030d00000000000004fa000001a20c3b87f0000001a20c3f32430000000d000000000000000000000000000000000000005000000000000000000000030d';
const GET_CONTROLLER = '0000001e0000000100000004000000112f6b61666b612f636f6e74726f6c6c657200';
const CONTROLLER =
  '000000a800000001000000000000050e00000000000000507b2276657273696f6e223a322c2262726f6b65726964223a302c2274696d657374616d70223a2231373935353031373234363633222c226b72616674436f6e74726f6c6c657245706f6368223a2d317d000000000000047e000000000000047e000001a20c3e1407000001a20c3e140700000000000000000000000001000009fb2400290000005000000000000000000000047e';
const GET_IDS = '0000001f0000000100000008000000122f6b61666b612f62726f6b6572732f69647300';
const IDS =
  '0000002d00000001000000000000050e000000000000000500000001300000000131000000013200000001330000000134';
const WATCH_9 = '000000210000000100000003000000142f6b61666b612f62726f6b6572732f6964732f3901';
const NO_9 = '00000010000000010000000000000510ffffff9b';
const CREATED_9 =
  '00000030ffffffff0000000000000512000000000000000100000003000000142f6b61666b612f62726f6b6572732f6964732f39';
const GOODBYE = '0000000800000001fffffff5';

const address = { host: 'zookeeper-0', port: 2181 };
const signal = new AbortController().signal;

describe('session', () => {
  test('a broker is found by its registration, with the session that owns it', async () => {
    await using session = await aSession({ [EXISTS_3]: STAT_3 });
    expect(await session.exists('/kafka/brokers/ids/3')).toEqual({
      czxid: 1261n,
      mzxid: 1261n,
      ctime: 1795501792225,
      mtime: 1795501792225,
      version: 1,
      ephemeralOwner: 72057636906074158n,
      children: 0,
    });
  });

  test("when a partition last changed its leader is its state node's mtime", async () => {
    await using session = await aSession({ [EXISTS_STATE]: STAT_STATE });
    expect(await session.exists('/kafka/brokers/topics/t20/partitions/4/state')).toEqual({
      czxid: 781n,
      mzxid: 1274n,
      ctime: 1795501557744,
      mtime: 1795501797955,
      version: 13,
      ephemeralOwner: 0n,
      children: 0,
    });
  });

  test('data is read with its stat', async () => {
    await using session = await aSession({ [GET_CONTROLLER]: CONTROLLER });
    const node = await session.getData('/kafka/controller');
    expect(JSON.parse(node?.data.toString() ?? '')).toMatchObject({ brokerid: 0 });
    expect(node?.stat.czxid).toBe(1150n);
  });

  test('children are read by name', async () => {
    await using session = await aSession({ [GET_IDS]: IDS });
    expect(await session.getChildren('/kafka/brokers/ids')).toEqual(['0', '1', '2', '3', '4']);
  });

  test('a node that is not there is null, and a watch tells when it is created', async () => {
    await using session = await aSession({ [WATCH_9]: NO_9 + CREATED_9 });
    const { stat, next } = await session.watchExists('/kafka/brokers/ids/9');
    expect(stat).toBeNull();
    expect(await next).toBe('created');
  });

  test('a watch is told when nobody will ever tell', async () => {
    const stream = aServer({ [WATCH_9]: NO_9 });
    const session = await openSession(() => stream, [address], { signal });
    const { next } = await session.watchExists('/kafka/brokers/ids/9');
    stream.destroy();
    expect(await next).toBe('lost');
  });

  test('a node is deleted whatever its version is, and one that is not there is as good', async () => {
    const path = '0000000a2f6d6967726174696f6e';
    const deletes = `0000001a${'00000001'}${'00000002'}${path}ffffffff`;
    const again = deletes.replace('00000001', '00000002');
    const written: string[] = [];
    await using session = await aSession(
      {
        [deletes]: '00000010000000010000000000000510000000 00'.replace(' ', ''),
        [again]: NO_9.replace('00000001', '00000002'),
      },
      written,
    );
    await session.delete('/migration');
    await session.delete('/migration');
    expect(written).toEqual(expect.arrayContaining([deletes, again]));
  });

  test('closing tells the server', async () => {
    const written: string[] = [];
    const session = await aSession({ [GOODBYE]: '0000001000000001000000000000051500000000' }, written);
    await session.close();
    expect(written).toContain(GOODBYE);
    await expect(session.exists('/')).rejects.toMatchObject({ code: 'zookeeper-unreachable' });
  });

  test('answers may come in pieces', async () => {
    const answers: Record<string, string> = { [HELLO]: WELCOME, [EXISTS_3]: STAT_3 };
    const stream = new FakeStream((message, self) => {
      for (const byte of Buffer.from(answers[message.toString('hex')] ?? '', 'hex'))
        self.say(Buffer.of(byte));
    });
    const session = await openSession(() => stream, [address], { signal });
    expect(await session.exists('/kafka/brokers/ids/3')).toMatchObject({ czxid: 1261n });
    stream.destroy();
  });

  test('a server without a quorum hangs up, and the next one is asked', async () => {
    const lost = new FakeStream((_message, stream) => stream.hangUp());
    const other = { host: 'zookeeper-1', port: 2181 };
    const session = await openSession(
      ({ host }) => (host === 'zookeeper-0' ? lost : aServer({})),
      [address, other],
      { signal },
    );
    expect(session.address).toEqual(other);
    await session.close();
  });

  test('a server that hangs is not waited for while another serves', async () => {
    const hung = new FakeStream(() => undefined);
    const other = { host: 'zookeeper-1', port: 2181 };
    const dial = ({ host }: { host: string }) =>
      host === 'zookeeper-0' ? hung : aServer({ [EXISTS_3]: STAT_3 });
    await using session = await openSessionSoon(dial, [address, other], { signal, timeoutMs: 60_000 });
    expect(session.address).toEqual(other);
    expect(await session.exists('/kafka/brokers/ids/3')).not.toBeNull();
    hung.destroy();
  });

  test('where no server grants one soon, each is named as well', async () => {
    const dial = () => new FakeStream((_message, stream) => stream.hangUp());
    await expect(openSessionSoon(dial, [address], { signal })).rejects.toMatchObject({
      code: 'zookeeper-unreachable',
      details: ['ZooKeeper at zookeeper-0:2181: it closed the connection'],
    });
  });

  test('a server catches up with the leader when it is asked to', async () => {
    const SYNC = '000000120000000100000009000000062f6b61666b61';
    const SYNCED = '0000001a00000001000000000000050e00000000000000062f6b61666b61';
    await using session = await aSession({ [SYNC]: SYNCED });
    await session.sync('/kafka');
  });

  test('where no server grants a session, each is named with its reason', async () => {
    const dial = () => new FakeStream((_message, stream) => stream.hangUp());
    await expect(openSession(dial, [address], { signal })).rejects.toMatchObject({
      code: 'zookeeper-unreachable',
      message: 'no ZooKeeper server grants a session: zookeeper-0:2181',
      details: ['ZooKeeper at zookeeper-0:2181: it closed the connection'],
    });
  });

  test('a request that is not answered in time ends the session', async () => {
    const session = await openSession(() => aServer({}), [address], { signal, timeoutMs: 30 });
    await expect(session.exists('/silent')).rejects.toThrow('no answer to exists /silent within 30 ms');
    await expect(session.exists('/silent')).rejects.toMatchObject({ code: 'zookeeper-unreachable' });
  });

  test('what is not ZooKeeper is said to be so', async () => {
    const dial = () => new FakeStream((_message, stream) => stream.say('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(openSession(dial, [address], { signal })).rejects.toMatchObject({
      details: ['ZooKeeper at zookeeper-0:2181: the server there is not ZooKeeper'],
    });
  });

  test('an abort ends whatever waits', async () => {
    const stopper = new AbortController();
    const session = await openSession(() => aServer({}), [address], { signal: stopper.signal });
    const waiting = session.exists('/kafka');
    stopper.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });

  test('the session is kept alive while nothing is asked', async () => {
    // Grants 30 ms, so that a third of it is soon over.
    const welcome = WELCOME.replace('00001770', '0000001e');
    await new Promise<void>((pingedTwice) => {
      let pings = 0;
      const stream = new FakeStream((message, self) => {
        if (message.toString('hex') === HELLO) self.say(Buffer.from(welcome, 'hex'));
        if (message.toString('hex') !== PING) return;
        self.say(Buffer.from(PONG, 'hex'));
        if (++pings === 2) pingedTwice(void self.destroy());
      });
      void openSession(() => stream, [address], { signal });
    });
  });

  test('pings that are answered late, but in time, do not end the session', async () => {
    const stream = new FakeStream((message, self) => {
      const said = message.toString('hex');
      if (said === HELLO) self.say(Buffer.from(WELCOME.replace('00001770', '0000001e'), 'hex'));
      if (said === PING) setTimeout(() => self.say(Buffer.from(PONG, 'hex')), 25);
      if (said === EXISTS_3) self.say(Buffer.from(STAT_3, 'hex'));
    });
    const session = await openSession(() => stream, [address], { signal, timeoutMs: 300 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await session.exists('/kafka/brokers/ids/3')).not.toBeNull();
    stream.destroy();
  });

  /** Answers each request as given here, and no other. */
  function aServer(answers: Record<string, string>, written: string[] = []): FakeStream {
    const known: Record<string, string> = { [HELLO]: WELCOME, [PING]: PONG, ...answers };
    return new FakeStream((message, stream) => {
      written.push(message.toString('hex'));
      const answer = known[message.toString('hex')];
      if (answer !== undefined) stream.say(Buffer.from(answer, 'hex'));
      else if (message.subarray(8).equals(Buffer.from('fffffff5', 'hex'))) stream.hangUp();
    });
  }

  async function aSession(answers: Record<string, string>, written?: string[]): Promise<ZooKeeperSession> {
    return openSession(() => aServer(answers, written), [address], { signal });
  }
});
