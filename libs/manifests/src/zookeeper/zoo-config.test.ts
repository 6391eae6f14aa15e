import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { zookeeperSessionMs } from './sessions.ts';
import { zooConfig } from './zoo-config.ts';

const lines = (servers: 3 | 5) =>
  zooConfig(aSpec({ name: 'a', namespace: 'b', zookeeper: { servers } })).split('\n');

describe('zooConfig', () => {
  test('every server is listed, counted from one', () => {
    expect(lines(5).filter((line) => line.startsWith('server.'))).toEqual(
      [1, 2, 3, 4, 5].map((id) => `server.${id}=a-zookeeper-${id - 1}.a-zookeeper-headless.b.svc:2888:3888`),
    );
  });

  test("brokers get the session that they ask for: it is within the servers' bounds", () => {
    const bound = (key: string) =>
      Number(
        lines(3)
          .find((line) => line.startsWith(`${key}=`))
          ?.split('=')[1],
      );
    expect(zookeeperSessionMs).toBeGreaterThanOrEqual(bound('minSessionTimeout'));
    expect(zookeeperSessionMs).toBeLessThanOrEqual(bound('maxSessionTimeout'));
  });

  test('old snapshots are deleted, and the words that health asks for are allowed', () => {
    expect(lines(3)).toEqual(
      expect.arrayContaining(['autopurge.purgeInterval=1', '4lw.commands.whitelist=mntr,ruok,srvr']),
    );
  });
});
