import { describe, expect, test } from '@jest/globals';
import { featuresOf } from '@kafka-ha/config';
import { metadataRefusals } from '../index.ts';

const nodesOn = (...versions: string[]) =>
  versions.map((version, index) => ({ name: `events-kafka-${index}`, version }));

/** From and to: binaries, and the release whose features the cluster has. */
const change = (from: [kafka: string, metadata: string], to: [kafka: string, metadata: string]) =>
  metadataRefusals({
    nodes: nodesOn(from[0], from[0]),
    finalized: featuresOf(from[1])!.levels,
    wanted: { kafka: to[0], metadata: to[1] },
  });

describe('metadataRefusals', () => {
  test.each(['4.0.2', '4.1.2', '4.2.2', '4.3.1', '4.4.0'])(
    'binaries of 3.9 go up to %s at once, and back, with the metadata as it is',
    (kafka) => {
      expect(change(['3.9.2', '3.9'], [kafka, '3.9'])).toEqual([]);
      expect(change([kafka, '3.9'], ['3.9.2', '3.9'])).toEqual([]);
    },
  );

  test('from 4 to 4 as well, and the metadata afterwards', () => {
    expect(change(['4.0.2', '4.0'], ['4.4.0', '4.0'])).toEqual([]);
    expect(change(['4.4.0', '4.0'], ['4.4.0', '4.4'])).toEqual([]);
  });

  test('both at once is refused: there would be no way back', () => {
    expect(change(['3.9.2', '3.9'], ['4.4.0', '4.4'])).toEqual([
      'metadata 4.4 needs every controller and broker to run Kafka 4.4, but events-kafka-0 still runs 3.9.2: keep versions.metadata at "3.9" for now',
    ]);
  });

  test('the metadata is refused while one node has the old binaries', () => {
    const nodes = nodesOn('4.4.0', '4.4.0', '4.2.2');
    const wanted = { kafka: '4.4.0', metadata: '4.4' };
    expect(metadataRefusals({ nodes, finalized: featuresOf('4.2')!.levels, wanted })).toEqual([
      expect.stringContaining('events-kafka-2 still runs 4.2.2'),
    ]);
  });

  test('once the metadata is raised, older binaries are refused', () => {
    expect(change(['4.4.0', '4.4'], ['3.9.2', '3.9'])[0]).toBe(
      'the cluster has metadata.version 4.4-IV2, and Kafka 3.9.2 knows it up to 3.9-IV0: there is no way back from it',
    );
  });

  test('metadata that has changed since cannot be lowered', () => {
    expect(change(['4.4.0', '4.4'], ['4.4.0', '4.2'])).toEqual([
      'the metadata is that of 4.4 already, and what is written since cannot be read by 4.2: it cannot be lowered, so keep versions.metadata at "4.4"',
    ]);
  });

  test('metadata that has not can, and then the binaries', () => {
    expect(change(['4.2.2', '4.2'], ['4.2.2', '4.1'])).toEqual([]);
    expect(change(['4.2.2', '4.2'], ['4.1.2', '4.1'])[0]).toBe(
      'the cluster has metadata.version 4.2-IV1, and Kafka 4.1.2 knows it up to 4.1-IV1: deploy versions.metadata "4.1" with the present versions.kafka first, which lowers it',
    );
    expect(change(['4.2.2', '4.1'], ['4.1.2', '4.1'])).toEqual([]);
  });

  test('a feature that somebody has raised beyond its release counts, too', () => {
    const finalized = { ...featuresOf('4.1')!.levels, 'share.version': 1 };
    const wanted = { kafka: '4.1.2', metadata: '4.1' };
    expect(metadataRefusals({ nodes: nodesOn('4.2.2'), finalized, wanted })).toEqual([
      'the cluster has share.version 1, and Kafka 4.1.2 knows it up to 0: lower it first, by kafka-features.sh downgrade --feature share.version=0',
    ]);
  });

  test('images by digest alone tell no version: the metadata is still not lowered', () => {
    const wanted = { kafka: '4.4.0', metadata: '3.9' };
    const nodes = [{ name: 'events-kafka-0' }];
    expect(metadataRefusals({ nodes, finalized: featuresOf('4.4')!.levels, wanted })).toHaveLength(1);
  });
});
