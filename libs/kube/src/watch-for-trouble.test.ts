import { describe, expect, test } from '@jest/globals';
import type { Pod } from './pod.ts';
import { aPod, crashed, restarted } from './testing/a-pod.ts';
import { watchForTrouble } from './watch-for-trouble.ts';
import { fakeClock } from '@kafka-ha/base/testing';

/** Shows the watch one reading after another, each `seconds` after the last; after how many seconds it found which trouble. */
async function watching(...readings: { after?: number; pod: Pod }[]) {
  const clock = fakeClock();
  const find = watchForTrouble(clock);
  for (const { after = 1, pod } of readings) {
    await clock.sleep(after * 1000);
    const [trouble] = find([pod]);
    if (trouble !== undefined) return { reason: trouble.symptom.reason, seconds: clock.now() / 1000 };
  }
  return undefined;
}

function waiting(reason: string, message = '') {
  return aPod({ container: { state: { waiting: { reason, message } } } });
}

/** The same reading every second. */
function staying(pod: Pod, seconds = 30) {
  return Array.from({ length: seconds }, () => ({ pod }));
}

describe('watchForTrouble', () => {
  test('a new container that crashes is found at its first back-off', async () => {
    const pod = aPod({ container: crashed(1) });
    expect(await watching({ pod: aPod() }, { pod })).toEqual({ reason: 'CrashLoopBackOff', seconds: 2 });
  });

  test('a container that was ready before is given one back-off, for the old ZooKeeper session', async () => {
    const killed = { pod: aPod({ container: crashed(1, 137) }) };
    const ready = { pod: aPod({ ready: true }) };
    const back = { pod: aPod({ ready: true, container: restarted(2) }) };
    expect(await watching(ready, killed, { ...killed, after: 10 }, back)).toBeUndefined();
    expect(await watching(ready, killed, { ...killed, after: 10 }, { ...killed, after: 3 })).toMatchObject({
      reason: 'CrashLoopBackOff',
    });
  });

  test('a container that crashes again and again without a back-off is found at its second restart', async () => {
    const readings = [0, 1, 2].map((count) => ({ after: 60, pod: aPod({ container: restarted(count) }) }));
    expect(await watching(...readings)).toEqual({ reason: 'Restarting', seconds: 180 });
  });

  test('restarts of before the watch do not count, nor do those of a container that is ready', async () => {
    const before = aPod({ container: restarted(7) });
    const ready = aPod({ ready: true, container: restarted(12) });
    expect(await watching(...staying(before), { pod: ready })).toBeUndefined();
  });

  test.each([
    ['ErrImageNeverPull', 1],
    ['InvalidImageName', 1],
    ['ErrImagePull', 16],
    ['CreateContainerConfigError', 11],
  ])('%s is found after %d s', async (reason, seconds) => {
    expect(await watching(...staying(waiting(reason)))).toEqual({ reason, seconds });
  });

  test('an image that is pulled in turns of error and back-off is still the same trouble', async () => {
    const turns = Array.from({ length: 20 }, (_, i) => ({
      pod: waiting(i % 2 ? 'ImagePullBackOff' : 'ErrImagePull'),
    }));
    expect(await watching(...turns)).toMatchObject({ seconds: 16 });
  });

  test('a symptom that goes and comes back is counted from anew', async () => {
    const twice = [
      ...staying(waiting('ErrImagePull'), 10),
      { pod: aPod() },
      ...staying(waiting('ErrImagePull'), 10),
    ];
    expect(await watching(...twice)).toBeUndefined();
  });

  test.each([
    ['0/5 nodes are available: 5 node(s) had untolerated taint(s).', 11],
    ['0/5 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 26],
  ])('a pod that cannot be scheduled, "%s", is found after %d s', async (unschedulable, seconds) => {
    expect(await watching(...staying(aPod({ unschedulable })))).toEqual({ reason: 'Unschedulable', seconds });
  });

  test('a container that is being created, a pod that is being deleted: no trouble', async () => {
    expect(await watching(...staying(waiting('ContainerCreating')))).toBeUndefined();
    expect(await watching(...staying(aPod({ deleting: true, container: crashed(5) })))).toBeUndefined();
  });
});
