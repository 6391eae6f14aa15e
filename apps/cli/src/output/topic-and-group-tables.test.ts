import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { printGroups } from './print-groups.ts';
import { printTopics } from './print-topics.ts';

const aTopic = { internal: false, partitions: 20, replicas: 5, minInSync: 3, leaderless: [] };

describe('topic and group tables', () => {
  test("topics are a table, Kafka's own ones last, and a size that nobody tells is open", async () => {
    const topics = [
      { ...aTopic, topic: '__consumer_offsets', internal: true, bytes: 2048, underReplicated: [] },
      { ...aTopic, topic: 'events', bytes: null, underReplicated: [3, 4], leaderless: [4] },
    ];
    expect(await printed((stream) => printTopics(topics, stream))).toEqual([
      'topic               partitions  replicas  min ISR  on disk  under-replicated  without leader',
      'events                      20         5        3        ?                 2               1',
      '__consumer_offsets          20         5        3      2Ki                 0               0',
    ]);
  });

  test('groups are a table with a row for each topic, and what nobody tells is open', async () => {
    const topics = [
      { topic: 'events', lag: 12_400, partitions: [] },
      { topic: 'gone', lag: null, partitions: [] },
    ];
    const groups = [
      { group: 'billing', state: 'Stable', members: 2, topics },
      { group: 'new', state: null, members: null, topics: [] },
    ];
    expect(await printed((stream) => printGroups(groups, stream))).toEqual([
      'group    state   members  topic      lag',
      'billing  Stable        2  events  12,400',
      '                          gone         ?',
      'new      ?             ?  –            –',
    ]);
  });

  test('where there are none that is said', async () => {
    expect(await printed((stream) => printGroups([], stream))).toEqual(['There are no consumer groups.']);
    expect(await printed((stream) => printTopics([], stream))).toEqual(['There are no topics.']);
  });

  async function printed(print: (stream: NodeJS.WriteStream) => void): Promise<string[]> {
    const stream = new PassThrough();
    print(stream as unknown as NodeJS.WriteStream);
    stream.end();
    return (await text(stream)).trimEnd().split('\n');
  }
});
