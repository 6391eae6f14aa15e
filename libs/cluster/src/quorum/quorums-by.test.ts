import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@kafka-ha/base';
import { aSpec } from '@kafka-ha/config/testing';
import { quorumsBy, type QuorumReader } from './quorums-by.ts';

const { signal } = new AbortController();
const ofZookeeper = [0, 1, 2].map((n) => `events-zookeeper-${n}`);
const ofControllers = [0, 1, 2].map((n) => `events-controller-${n}`);

describe('quorumsBy', () => {
  test.each([
    ['zookeeper', ofZookeeper, undefined],
    ['migrating', ofZookeeper, ofControllers],
    ['dual-write', ofControllers, ofZookeeper],
    ['kraft', ofControllers, undefined],
  ] as const)(
    'with mode %s each that keeps the metadata is asked, whom the brokers go by first',
    async (mode, first, second) => {
      const dialled = new Set<string>();
      const dial = ({ host }: { host: string }) => {
        dialled.add(host);
        const stream = new PassThrough();
        setImmediate(() => stream.destroy(new Error('connect ECONNREFUSED')));
        return stream;
      };
      const options = { spec: aSpec({ mode }), dial, clock: systemClock, answerWithinMs: 200, signal };
      const { quorum, otherQuorum } = quorumsBy(options);
      const podsOf = async (reader: QuorumReader) => {
        dialled.clear();
        await reader.readServers();
        return [...dialled].sort();
      };
      expect(await podsOf(quorum)).toEqual(first);
      expect(otherQuorum && (await podsOf(otherQuorum))).toEqual(second);
    },
  );
});
