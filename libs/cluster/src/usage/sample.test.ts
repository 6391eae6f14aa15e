import { describe, expect, test } from '@jest/globals';
import { parseSamples, samplingCommand } from './sample.ts';

const heapSizeBytes = 384 * 1024 * 1024;

/** From a broker (Java 17, G1, -Xmx384m) under cgroup v1; lines that nothing reads are left out. */
const recordedV1 = `==> /proc/uptime <==
3940.66 1214.26

==> /sys/fs/cgroup/cpuacct/cpuacct.usage <==
15566278734

==> /sys/fs/cgroup/memory/memory.stat <==
cache 290816
rss 176660480
rss_huge 0
total_cache 290816
total_rss 176660480

==> /sys/fs/cgroup/memory/memory.usage_in_bytes <==
180858880

==> /sys/fs/cgroup/memory/memory.max_usage_in_bytes <==
182595584

==> /sys/fs/cgroup/memory/memory.oom_control <==
oom_kill_disable 0
under_oom 0
oom_kill 0

==> /proc/10/smaps <==
e8000000-ff800000 rw-p 00000000 00:00 0 
Size:             385024 kB
Rss:               41756 kB
Anonymous:         41756 kB
VmFlags: rd wr mr mw me ac 
ff800000-ff862000 rw-p 00af9000 00:272 10584449                          /opt/java/openjdk/lib/server/classes.jsa
Rss:                 392 kB
Anonymous:           392 kB
ff862000-ffc00000 rw-p 00000000 00:00 0 
Rss:                3072 kB
Anonymous:          3072 kB
ffc00000-ffc70000 rw-p 00a89000 00:272 10584449                          /opt/java/openjdk/lib/server/classes.jsa
Rss:                 448 kB
Anonymous:           440 kB
ffc70000-100000000 rw-p 00000000 00:00 0 
Rss:                3072 kB
Anonymous:          3072 kB
555a473c3000-555a473c4000 r--p 00000000 00:272 10584237                  /opt/java/openjdk/bin/java
Rss:                   4 kB
Anonymous:             4 kB
555a473c4000-555a473c5000 r-xp 00001000 00:272 10584237                  /opt/java/openjdk/bin/java
`;

/** As the kernel's documentation of cgroup v2 describes the files. */
const documentedV2 = `==> /proc/uptime <==
100.00 50.00

==> /sys/fs/cgroup/cpu.stat <==
usage_usec 2500000
user_usec 2000000
system_usec 500000

==> /sys/fs/cgroup/memory.stat <==
anon 4000
file 3000
kernel 500
file_mapped 7

==> /sys/fs/cgroup/memory.current <==
7600

==> /sys/fs/cgroup/memory.peak <==
9000

==> /sys/fs/cgroup/memory.events <==
low 0
high 0
max 12
oom 2
oom_kill 1
oom_group_kill 0
`;

describe('sample', () => {
  test('under cgroup v1 a sample tells CPU, memory by kind and the heap in all its parts', () => {
    expect(parseSamples(recordedV1, heapSizeBytes)).toEqual([
      {
        uptimeMs: 3_940_660,
        cpuSeconds: 15.566278734,
        usageBytes: 180_858_880,
        highWaterBytes: 182_595_584,
        anonymousBytes: 176_660_480,
        pageCacheBytes: 290_816,
        heapBytes: 1024 * (41_756 + 392 + 3_072 + 440 + 3_072),
        oomKills: 0,
      },
    ]);
  });

  test('under cgroup v2 it tells the same from other files', () => {
    expect(parseSamples(documentedV2, heapSizeBytes)).toEqual([
      {
        uptimeMs: 100_000,
        cpuSeconds: 2.5,
        usageBytes: 7600,
        highWaterBytes: 9000,
        anonymousBytes: 4000,
        pageCacheBytes: 3000,
        heapBytes: 0,
        oomKills: 1,
      },
    ]);
  });

  test('a kernel that keeps no high-water mark is no reason to fail', () => {
    const output = documentedV2.replace(/==> .*memory\.peak <==\n9000\n/, '');
    expect(parseSamples(output, heapSizeBytes)).toMatchObject([
      { highWaterBytes: undefined, usageBytes: 7600 },
    ]);
  });

  test('class data that follows the heap in one mapping is none of the heap', () => {
    const output = `${documentedV2}
==> /proc/10/smaps <==
e8000000-110000000 rw-p 00000000 00:00 0 
Anonymous:        425984 kB
110000000-120000000 rw-p 00000000 00:00 0 
Anonymous:           128 kB
`;
    expect(parseSamples(output, heapSizeBytes)).toMatchObject([{ heapBytes: heapSizeBytes }]);
  });

  test('before the JVM has taken the place of the shell there is no heap', () => {
    const output = `${documentedV2}
==> /proc/10/smaps <==
555a473c3000-555a473c4000 rw-p 00000000 00:272 10584237                  /bin/busybox
Anonymous:          4096 kB
`;
    expect(parseSamples(output, heapSizeBytes)).toMatchObject([{ heapBytes: 0 }]);
  });

  test('samples come in their order, and one that was cut off is left out', () => {
    const output = `${recordedV1}${documentedV2}${documentedV2.slice(0, documentedV2.indexOf('memory.stat'))}`;
    expect(parseSamples(output, heapSizeBytes).map(({ uptimeMs }) => uptimeMs)).toEqual([3_940_660, 100_000]);
    expect(parseSamples('', heapSizeBytes)).toEqual([]);
  });

  test('the command ends by itself, so that a lost connection leaves nothing behind', () => {
    const [shell, , script] = samplingCommand({ samples: 7, intervalSeconds: 2 });
    expect(shell).toBe('sh');
    expect(script).toContain('[ $i -lt 7 ] || exit 0\n  sleep 2');
  });
});
