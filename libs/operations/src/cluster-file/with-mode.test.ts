import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { withMode } from './with-mode.ts';

const file = 'cluster.yaml';
const spec = aSpec();

describe('withMode', () => {
  test('the mode is written beside what is there', () => {
    expect(withMode('name: events # ours\n', { spec, mode: 'dual-write' }, { file })).toEqual({
      text: 'mode: dual-write\nname: events # ours\n',
    });
    const text = 'name: events\nmode: dual-write # for some days\n';
    expect(withMode(text, { spec, mode: 'zookeeper' }, { file })).toEqual({
      text: 'name: events\nmode: zookeeper # for some days\n',
    });
  });

  test('the version of Kafka stays what it is, whatever the mode has by default', () => {
    expect(withMode('name: events\nmode: dual-write\n', { spec, mode: 'kraft' }, { file })).toEqual({
      text: expect.stringMatching(/versions: \{ kafka: 3\.9\.2 \}\n[^]*mode: kraft/),
    });
  });

  test('what has no meaning with the mode is named, and nothing is made of the file', () => {
    const text = 'name: events\nmode: dual-write\nversions: { kafka: 3.9.2 }\nzookeeper: { servers: 3 }\n';
    expect(withMode(text, { spec, mode: 'kraft' }, { file })).toEqual({
      problems: [
        'cluster.yaml has a problem',
        expect.stringContaining('zookeeper has no meaning with mode: kraft'),
      ],
    });
  });
});
