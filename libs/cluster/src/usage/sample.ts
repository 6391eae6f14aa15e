import { pidFile } from '@kafka-ha/manifests';

/** One look at a container's cgroup and at its JVM, from inside. */
export type PodSample = {
  /** The node's time since it booted: orders the samples of a pod. */
  uptimeMs: number;
  cpuSeconds: number;
  usageBytes: number;
  /** The most that `usageBytes` was since the container's start; Linux before 5.19 keeps none for cgroup v2. */
  highWaterBytes: number | undefined;
  anonymousBytes: number;
  pageCacheBytes: number;
  /** The resident part of the Java heap; it is part of `anonymousBytes`. */
  heapBytes: number;
  /** Since the container's start. */
  oomKills: number;
};

const clock = '/proc/uptime';

/** Those of cgroup v1, then those of v2, as a container has them: a node has one or the other. */
const cgroupFiles = [
  '/sys/fs/cgroup/cpuacct/cpuacct.usage',
  '/sys/fs/cgroup/memory/memory.stat',
  '/sys/fs/cgroup/memory/memory.usage_in_bytes',
  '/sys/fs/cgroup/memory/memory.max_usage_in_bytes',
  '/sys/fs/cgroup/memory/memory.oom_control',
  '/sys/fs/cgroup/cpu.stat',
  '/sys/fs/cgroup/memory.stat',
  '/sys/fs/cgroup/memory.current',
  '/sys/fs/cgroup/memory.peak',
  '/sys/fs/cgroup/memory.events',
];

/** Eight mappings of 26 lines. The heap is the lowest part of a JVM's memory map, five mappings with G1 on Java 17. */
const lines = 210;

/**
 * A shell's command that samples so often. Each sample is one `head`, which costs the broker a few milliseconds of CPU:
 * `head` names the files that are there, and stops before most of the JVM's memory map is made.
 */
export function samplingCommand(options: { samples: number; intervalSeconds: number }): string[] {
  const files = [clock, ...cgroupFiles].join(' ');
  const script = `i=0
while :; do
  head -n ${lines} ${files} /proc/$(cat ${pidFile})/smaps 2> /dev/null
  i=$((i + 1))
  [ $i -lt ${options.samples} ] || exit 0
  sleep ${options.intervalSeconds}
done`;
  return ['sh', '-c', script];
}

/**
 * Reads what the command printed, of a JVM with a heap of this size. A sample that was cut off, by the end of its
 * container, is left out.
 */
export function parseSamples(output: string, heapSizeBytes: number): PodSample[] {
  const separator = `==> ${clock} <==\n`;
  const texts = output.split(separator).slice(1);
  return texts.flatMap((text) => sampleOf(filesIn(separator + text), heapSizeBytes) ?? []);
}

type Files = ReadonlyMap<string, string>;

function filesIn(text: string): Files {
  const parts = text.split(/^==> (.*) <==\n/m).slice(1);
  return new Map(
    parts.flatMap((part, i) => (i % 2 === 0 ? [[part, (parts[i + 1] ?? '').trim()] as const] : [])),
  );
}

function sampleOf(files: Files, heapSizeBytes: number): PodSample | undefined {
  const figures = versionOf(files) === 1 ? cgroupV1(files) : cgroupV2(files);
  const uptimeMs = 1000 * Number.parseFloat(files.get(clock) ?? '');
  const required = [uptimeMs, figures.cpuSeconds, figures.usageBytes, figures.anonymousBytes];
  if (!required.every(Number.isFinite)) return undefined;
  return { uptimeMs, ...figures, heapBytes: residentHeap(files, heapSizeBytes) };
}

function versionOf(files: Files): 1 | 2 {
  return files.has('/sys/fs/cgroup/memory/memory.stat') ? 1 : 2;
}

type CgroupFigures = Omit<PodSample, 'uptimeMs' | 'heapBytes'>;

/** https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v1/memory.html */
function cgroupV1(files: Files): CgroupFigures {
  const folder = '/sys/fs/cgroup/memory';
  return {
    cpuSeconds: numberIn(files, '/sys/fs/cgroup/cpuacct/cpuacct.usage') / 1e9,
    usageBytes: numberIn(files, `${folder}/memory.usage_in_bytes`),
    highWaterBytes: finiteOrUndefined(numberIn(files, `${folder}/memory.max_usage_in_bytes`)),
    anonymousBytes: fieldIn(files, `${folder}/memory.stat`, 'rss'),
    pageCacheBytes: fieldIn(files, `${folder}/memory.stat`, 'cache'),
    oomKills: fieldIn(files, `${folder}/memory.oom_control`, 'oom_kill') || 0,
  };
}

/** https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v2.html */
function cgroupV2(files: Files): CgroupFigures {
  const folder = '/sys/fs/cgroup';
  return {
    cpuSeconds: fieldIn(files, `${folder}/cpu.stat`, 'usage_usec') / 1e6,
    usageBytes: numberIn(files, `${folder}/memory.current`),
    highWaterBytes: finiteOrUndefined(numberIn(files, `${folder}/memory.peak`)),
    anonymousBytes: fieldIn(files, `${folder}/memory.stat`, 'anon'),
    pageCacheBytes: fieldIn(files, `${folder}/memory.stat`, 'file'),
    oomKills: fieldIn(files, `${folder}/memory.events`, 'oom_kill') || 0,
  };
}

/** With compressed pointers a heap lies below 32 GiB, and below it lies nothing else. */
const heapsEnd = 32 * 1024 ** 3;

/**
 * From the lowest mapping on, so many bytes of address space are the heap. It is all there from the start (-Xms is -Xmx),
 * in parts: some come from the class-data archive, and class data may follow in the last part without a gap.
 */
function residentHeap(files: Files, heapSizeBytes: number): number {
  const [, smaps = ''] = [...files].find(([file]) => file.endsWith('/smaps')) ?? [];
  const mappings = smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).map(mappingOf);
  const start = mappings[0]?.start ?? Number.NaN;
  if (!(start < heapsEnd)) return 0;
  const end = start + heapSizeBytes;
  return mappings
    .filter((mapping) => mapping.start < end)
    .reduce((sum, mapping) => sum + Math.min(mapping.anonymousBytes, end - mapping.start), 0);
}

function mappingOf(text: string): { start: number; anonymousBytes: number } {
  const [, kib = '0'] = /^Anonymous: +(\d+) kB$/m.exec(text) ?? [];
  return { start: Number.parseInt(text, 16), anonymousBytes: 1024 * Number(kib) };
}

function numberIn(files: Files, file: string): number {
  const text = files.get(file);
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

function fieldIn(files: Files, file: string, key: string): number {
  const line = files
    .get(file)
    ?.split('\n')
    .find((line) => line.startsWith(`${key} `));
  return line === undefined ? Number.NaN : Number(line.slice(key.length + 1));
}

function finiteOrUndefined(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
