import { describe, expect, test } from '@jest/globals';
import { deletions, retentionAfter, retentionOf, type SettingChanges, type TopicSetting } from '../index.ts';

const mib = 2 ** 20;
const week = '604800000';

function loses(
  settings: Record<string, TopicSetting>,
  change: Partial<SettingChanges>,
  logBytes: readonly number[] = [300 * mib, 100 * mib],
): string | undefined {
  const changes = { own: {}, changed: new Set<string>(), wanted: {}, ...change };
  const [before, after] = [retentionOf(settings), retentionAfter(settings, changes)];
  return deletions([{ topic: 'orders', logBytes, before, after }])[0]?.why;
}

function brokers(wanted: Record<string, string>): Partial<SettingChanges> {
  return { wanted, changed: new Set(Object.keys(wanted)) };
}

const inherited = (value: string): TopicSetting => ({ value, isOwn: false });
const own = (value: string): TopicSetting => ({ value, isOwn: true });

describe('deletions', () => {
  test('a lower limit of all brokers takes what a partition holds beyond it', () => {
    const settings = { 'retention.bytes': inherited(String(400 * mib)) };
    expect(loses(settings, brokers({ 'log.retention.bytes': String(60 * mib) }))).toBe(
      'about 280Mi of its 400Mi, the oldest first: a partition keeps 60Mi, was 400Mi, and the largest holds 300Mi',
    );
    expect(loses(settings, brokers({ 'log.retention.bytes': String(350 * mib) }))).toBeUndefined();
    expect(loses(settings, brokers({ 'log.retention.bytes': String(500 * mib) }))).toBeUndefined();
    const lower = { 'retention.bytes': inherited(String(50 * mib)) };
    expect(loses(lower, brokers({ 'log.retention.bytes': String(60 * mib) }))).toBeUndefined();
  });

  test("a topic's own limit outranks the brokers', and a lower one takes records, too", () => {
    const settings = { 'retention.bytes': own(String(400 * mib)) };
    expect(loses(settings, brokers({ 'log.retention.bytes': String(60 * mib) }))).toBeUndefined();
    expect(loses(settings, { own: { 'retention.bytes': String(60 * mib) } })).toMatch(/^about 280Mi/);
  });

  test('a shorter time takes what is older, whatever unit it is given in', () => {
    const settings = { 'retention.ms': inherited(week) };
    const hour = 'all that is older than 60m; until now records were deleted after 168h';
    const says = (wanted: Record<string, string>) => loses(settings, brokers(wanted));
    expect(says({ 'log.retention.ms': '3600000' })).toBe(hour);
    expect(says({ 'log.retention.minutes': '60' })).toBe(hour);
    expect(says({ 'log.retention.hours': '1' })).toBe(hour);
    expect(says({ 'log.retention.hours': '200' })).toBeUndefined();
    expect(loses({ 'retention.ms': own('-1') }, { own: { 'retention.ms': '3600000' } })).toBe(
      'all that is older than 60m; until now records were never deleted by age',
    );
  });

  test('a topic that is compacted keeps the last of each key, and one that deletes anew keeps its limits', () => {
    const compacts = { own: { 'cleanup.policy': 'compact' } };
    expect(loses({ 'cleanup.policy': inherited('delete') }, compacts)).toMatch(/last record of each key/);
    const kept = { 'cleanup.policy': own('compact'), 'retention.bytes': inherited(String(60 * mib)) };
    expect(loses(kept, { own: { 'cleanup.policy': 'compact, delete' } })).toMatch(
      /^about 280Mi.*without limit/,
    );
  });

  test('a limit that is no number takes nothing: Kafka refuses it', () => {
    const settings = { 'retention.ms': inherited(week), 'retention.bytes': inherited(String(400 * mib)) };
    expect(loses(settings, brokers({ 'log.retention.hours': 'soon' }))).toBeUndefined();
    expect(loses(settings, brokers({ 'log.retention.bytes': 'little' }))).toBeUndefined();
  });

  test('a topic without a record loses none, and one that changes nothing neither', () => {
    expect(loses({ 'retention.ms': own(week) }, { own: { 'retention.ms': '1' } }, [0, 0])).toBeUndefined();
    expect(loses({ 'retention.ms': own(week) }, {})).toBeUndefined();
  });
});
