import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { awaitReady, openKafka } from '@kafka-ha/cluster';
import { deleteDrillTopic, killJvm } from '@kafka-ha/drills';
import { createTopics, proveWritePath, readEndOffsets, readTopics } from '@kafka-ha/kafka';
import { kafkaConfigOf, podOf } from '@kafka-ha/manifests';
import { applyBrokers, readLogFolders, scale, shellIn } from '@kafka-ha/operations';
import { drain } from '@kafka-ha/testing';
import { startLoad } from './load-under-test.ts';
import { actor, expectEven, plantLog, scaleUnderTest } from './scale-under-test.ts';

const minute = 60_000;
const { signal } = new AbortController();
const { clusterOf } = scaleUnderTest();

describe('scale', () => {
  test(
    'a broker that comes back with logs of another time loses them before anything is moved to it, and no topic made since',
    async () => {
      const cluster = await clusterOf(4, 1);
      const { dynamic } = kafkaConfigOf(cluster.spec);
      await drain(applyBrokers(cluster, { brokers: 4, dynamic }));
      await drain(awaitReady(cluster, 'kafka'));
      await plantLog(cluster, 3, 'of-nobody-0');

      const meanwhile = async () => {
        await using kafka = await openKafka(cluster);
        await createTopics(kafka, [{ name: 'made-meanwhile', config: {}, assignment: [[3]] }], { signal });
        await drain(
          proveWritePath(kafka, {
            topics: [{ name: 'made-meanwhile', partitions: 1 }],
            runId: 'meanwhile',
            recordsPerPartition: 10,
            signal,
          }),
        );
      };
      const events: StepEvent[] = [];
      for await (const event of scale(cluster, { toleranceIsSaid: false, actor })) {
        events.push(event);
        if (event.kind === 'started' && event.step === 'add') await meanwhile();
      }
      expect(events).toContainEqual(
        expect.objectContaining({ step: 'add', summary: expect.stringContaining('old logs deleted') }),
      );
      await using kafka = await openKafka(cluster);
      const [ends] = await readEndOffsets(kafka, await readTopics(kafka, ['made-meanwhile']));
      expect(ends?.offsets).toEqual(new Map([[0, 10]]));
      expect(await readLogFolders(shellIn(cluster, 3))).not.toEqual([]);
      await expectEven(cluster);
    },
    4 * minute,
  );

  test(
    'a broker that is killed while replicas are moved is waited for; what is moved meanwhile is there in the end',
    async () => {
      const cluster = await clusterOf(5, 1);
      await using load = await startLoad(await clusterOf(4, 1), 'killed');
      let killed = false;
      const options = { toleranceIsSaid: false, throttleBytesPerSecond: 100_000, actor };
      for await (const event of scale(cluster, options)) {
        if (killed || event.kind !== 'progress' || !/ moved|to move|left/.test(event.detail)) continue;
        killed = true;
        await killJvm(cluster, { component: 'kafka', pod: podOf(cluster.spec, 1), node: '', ordinal: 1 });
      }
      expect(killed).toBe(true);
      await load.expectUnharmed();
      await deleteDrillTopic(cluster);
      await expectEven(cluster);
    },
    4 * minute,
  );
});
