import net from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Heard, Jvm } from './jvm.ts';

const servers: net.Server[] = [];

describe('Jvm', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  test('an answer finds its command, whatever comes before it', async () => {
    const { jvm } = await aJvm((id, command, say) => {
      if (command === 'send 0 YQ==') setTimeout(() => say(`done ${id} 41\n`), 30);
      else say(`done ${id} 0:7,1:9 RetriableCommitFailedException: gone\n`);
    });
    const [sent, committed] = await Promise.all([jvm.ask('send', 0, 'YQ=='), jvm.ask('commit', 0)]);
    expect(sent).toEqual(['41']);
    expect(committed).toEqual(['0:7,1:9', 'RetriableCommitFailedException:', 'gone']);
    jvm.close();
  });

  test('a command that failed says why', async () => {
    const { jvm } = await aJvm((id, _, say) => say(`failed ${id} TimeoutException: 120000 ms has passed\n`));
    await expect(jvm.ask('send', 0, 'YQ==')).rejects.toThrow('TimeoutException: 120000 ms has passed');
    jvm.close();
  });

  test('what is told of consumers is heard, in whatever pieces it comes', async () => {
    const { jvm, heard } = await aJvm((id, _, say) => {
      say('joined 1 3 0,2\njoined 0 3 \nread 1 2 17');
      setTimeout(() => say(` 5 YQ==\nread 1 2 18 -1 \ndone ${id}\n`), 20);
    });
    expect(await jvm.ask('join', 1, 'group')).toEqual([]);
    expect(heard).toEqual([
      { kind: 'joined', member: 1, generation: 3, partitions: [0, 2] },
      { kind: 'joined', member: 0, generation: 3, partitions: [] },
      { kind: 'read', member: 1, partition: 2, offset: 17, epoch: 5, value: Buffer.from('a') },
      { kind: 'read', member: 1, partition: 2, offset: 18, epoch: -1, value: Buffer.alloc(0) },
    ]);
    jvm.close();
  });

  test('what waits for a JVM that ends fails, and so does what is asked later', async () => {
    const { jvm } = await aJvm((_, __, ___, socket) => socket.destroy());
    await expect(jvm.ask('send', 0, 'YQ==')).rejects.toThrow('the JVM has ended');
    await expect(jvm.ask('send', 0, 'YQ==')).rejects.toThrow('the JVM has ended');
  });

  test('a JVM that does not listen yet is told as such', async () => {
    const { port, jvm } = await aJvm(() => undefined);
    for (const server of servers.splice(0)) server.close();
    jvm.close();
    await expect(Jvm.connect(port, () => undefined)).rejects.toThrow('no JVM beside the load');
  });

  type Answer = (id: string, command: string, say: (text: string) => void, socket: net.Socket) => void;

  async function aJvm(answer: Answer) {
    const server = net.createServer((socket) => {
      socket.setEncoding('utf8').on('data', (text) => {
        for (const line of String(text).trim().split('\n')) {
          const [id = '', ...command] = line.split(' ');
          answer(id, command.join(' '), (said) => void socket.write(said), socket);
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const heard: Heard[] = [];
    return { port, heard, jvm: await Jvm.connect(port, (each) => heard.push(each)) };
  }
});
