import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { workloadNode } from '@kafka-ha/config';
import { listLocalClusters, localClusterStatus, recycleVolumes, type LocalCluster } from './index.ts';
import { runInNode } from './namespaces/node.ts';
import { logPath } from './paths.ts';
import { aPod, down, kubectl, up } from './testing/cluster-under-test.ts';
import { printedBy } from './testing/printed-by.ts';
import { remainsOf, tracesOf } from './testing/traces.ts';

const minutes = 60_000;
const name = 'e2e-pods';
const nodeImage = `node:${workloadNode}`;
const signal = new AbortController().signal;

const shape = { volumes: { kafka: 1, zookeeper: 1, controller: 1 } };

let cluster: LocalCluster;
let left: Awaited<ReturnType<typeof tracesOf>>;

describe('pods', () => {
  beforeAll(async () => {
    await down(name);
    // Stopped half-way first: what a whole start does is what a second one does, and removes what the first has left.
    const controller = new AbortController();
    const stopped = up(name, { ...shape, signal: controller.signal }, (event) => {
      if (event.kind === 'progress' && event.step === 'control-plane') controller.abort();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(await localClusterStatus({ name })).toMatchObject({ kind: 'broken' });
    left = await tracesOf(name);
    cluster = await up(name, shape);
  }, 15 * minutes);

  afterAll(() => down(name), 2 * minutes);

  test('of a start that was stopped half-way nothing is left in the whole one', async () => {
    expect(left.processes.length).toBeGreaterThan(0);
    const old = new Set(left.processes);
    expect((await tracesOf(name)).processes.filter((one) => old.has(one))).toEqual([]);
    expect(await localClusterStatus({ name })).toMatchObject({ kind: 'running' });
    expect(await listLocalClusters()).toContain(name);
  });

  const runIn = (image: string, command: string) => printedBy(name, image, command);

  test(
    'the image of Kafka is laid out as the official one',
    async () => {
      const script = 'id -u; id -g; ls /opt/kafka/libs; java -cp "/opt/kafka/libs/*" kafka.Kafka --version';
      const output = await runIn('apache/kafka:3.9.2', script);
      expect(output).toMatch(/^1000\n1000\n/);
      expect(output).toContain('kafka_2.13-3.9.2.jar');
      expect(output).toMatch(/^3\.9\.2\b/m);
    },
    minutes,
  );

  test(
    'the image of ZooKeeper is laid out as the official one, and its server starts and logs',
    async () => {
      const script = `
    ls /apache-zookeeper-3.9.5-bin/lib
    printf 'dataDir=/tmp/data\\nclientPort=2181\\nadmin.enableServer=false\\n4lw.commands.whitelist=*\\n' > /tmp/zoo.cfg
    java -cp '/apache-zookeeper-3.9.5-bin/lib/*' org.apache.zookeeper.server.quorum.QuorumPeerMain /tmp/zoo.cfg &
    for _ in $(seq 60); do echo ruok | nc localhost 2181 && break; sleep 0.5; done
    kill $!`;
      const output = await runIn('zookeeper:3.9.5', script);
      expect(output).toContain('zookeeper-3.9.5.jar');
      expect(output).toContain('imok');
      expect(output).toMatch(/INFO .*binding to port/);
    },
    minutes,
  );

  test(
    'the image of Node runs JavaScript',
    async () => {
      expect(await runIn(nodeImage, 'node -p process.version')).toBe(`v${workloadNode}\n`);
    },
    minutes,
  );

  test(
    'the tools that probes and drills use are in every image',
    async () => {
      const tools = 'sh nc df kill sleep cat ls tail grep sed awk find timeout'.split(' ');
      for (const image of ['apache/kafka:3.9.2', 'zookeeper:3.9.5', nodeImage]) {
        const found = await runIn(
          image,
          `for tool in ${tools.join(' ')}; do command -v $tool > /dev/null && echo $tool; done`,
        );
        expect(found.trim().split('\n')).toEqual(tools);
      }
    },
    2 * minutes,
  );

  test(
    "nc of Kafka's and ZooKeeper's images outlives its peer as long as its input lasts, as the official ones' do",
    async () => {
      const lived = (image: string, serve: string) =>
        runIn(
          image,
          `${serve} & sleep 1; begun=$(date +%s); sleep 4 | (nc 127.0.0.1 7000 > /dev/null; echo $(($(date +%s) - begun)))`,
        ).then(Number);
      const busybox = 'busybox nc -l -p 7000 -e echo';
      expect(await lived('apache/kafka:3.9.2', busybox)).toBeGreaterThanOrEqual(3);
      expect(await lived('zookeeper:3.9.5', 'nc -l -N 7000 < /dev/null')).toBeGreaterThanOrEqual(3);
      expect(await lived(nodeImage, busybox)).toBeLessThan(3); // Debian's busybox, of which this is not true
    },
    2 * minutes,
  );

  test.each(['apache/kafka:3.9.2', 'zookeeper:3.9.5'])(
    "in the locale of %s Java's encoding is UTF-8",
    async (image) => {
      const said = await runIn(image, 'locale charmap; java -XshowSettings:properties -version 2>&1');
      expect(said).toMatch(/^UTF-8$/m);
      expect(said).toMatch(/file.encoding = UTF-8/);
    },
    minutes,
  );

  test(
    'services and pods are found by name',
    async () => {
      await kubectl(name, ['create', '-f', '-'], aPod('named', 'node-1'));
      await kubectl(name, ['expose', 'pod/named', '--port=7000', '--selector=app=named']);
      await kubectl(name, ['label', 'pod/named', 'app=named']);
      await kubectl(name, ['wait', 'pod/named', '--for=condition=Ready', '--timeout=60s']);
      const script =
        'for _ in $(seq 20); do nc -w 2 named.default.svc.cluster.local 7000 < /dev/null && break; sleep 0.5; done';
      expect(await runIn(nodeImage, script)).toContain('here');
    },
    2 * minutes,
  );

  function aClaim(): object {
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'claim' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
  }

  const mounting = (command: string) => ({
    containers: [
      {
        name: 'main',
        image: nodeImage,
        command: ['sh', '-c', command],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'claim' } }],
    restartPolicy: 'Never',
    securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
    nodeName: undefined,
  });

  /** Runs a command in a pod that has a volume, and then lets go of the volume. */
  async function runOnVolume(command: string): Promise<string> {
    await kubectl(name, ['create', '-f', '-'], aClaim());
    await kubectl(name, ['create', '-f', '-'], aPod('writer', 'node-1', mounting(command)));
    await kubectl(name, ['wait', 'pod/writer', '--for=jsonpath={.status.phase}=Succeeded', '--timeout=60s']);
    const output = await kubectl(name, ['logs', 'writer']);
    await kubectl(name, ['delete', 'pod/writer', 'persistentvolumeclaim/claim', '--timeout=60s']);
    return output;
  }

  test(
    'a volume is as large as it says, and full when it is full',
    async () => {
      const fill = 'dd if=/dev/zero of=/data/fill bs=1M count=2000 2>&1';
      const output = await runOnVolume(`df -m /data | tail -1; ${fill} || df -m /data | tail -1`);
      expect(output).toContain('No space left on device');
      const [size = 0, full = 0] = [...output.matchAll(/^\S+\s+(\d+)\s+.*\/data$/gm)].map((match) =>
        Number(match[1]),
      );
      expect(size).toBeGreaterThan(950);
      expect(size).toBeLessThanOrEqual(1024);
      expect(full).toBe(size);
    },
    2 * minutes,
  );

  test(
    'a volume that was let go of is given again when it has been recycled, and is empty',
    async () => {
      await runOnVolume('true'); // both of the node's have now been used
      await recycleVolumes(cluster, { signal });
      for (let round = 0; round < 2; round++) {
        const output = await runOnVolume(
          'find /data -mindepth 1 ! -name lost+found; echo mine > /data/mine; ls /data',
        );
        expect(output).toBe('lost+found\nmine\n');
        const [recycled] = await recycleVolumes(cluster, { signal });
        expect(recycled).toMatch(/^node-1-(kafka|zookeeper)$/);
      }
    },
    3 * minutes,
  );

  test(
    'a volume is not recycled while its last pod still runs, and then belongs to the next pod',
    async () => {
      await kubectl(name, ['create', '-f', '-'], aClaim());
      const write = 'while sleep 0.1; do date > /data/late-$(date +%N); done';
      await kubectl(name, ['create', '-f', '-'], aPod('writer', 'node-1', mounting(write)));
      await kubectl(name, ['wait', 'pod/writer', '--for=condition=Ready', '--timeout=60s']);
      await signalKubelet('STOP'); // what it would have ended goes on
      await kubectl(name, ['delete', 'pod/writer', '--force', '--grace-period=0']);
      await kubectl(name, ['delete', 'persistentvolumeclaim/claim', '--timeout=60s']);
      let isRecycled = false;
      const recycling = recycleVolumes(cluster, { signal }).then((names) => {
        isRecycled = true;
        return names;
      });
      await sleep(2000);
      expect(isRecycled).toBe(false);
      await signalKubelet('CONT');
      expect(await recycling).toHaveLength(1);
      const output = await runOnVolume(
        'find /data -mindepth 1 ! -name lost+found; echo mine > /data/mine; ls /data',
      );
      expect(output).toBe('lost+found\nmine\n');
      await recycleVolumes(cluster, { signal });
    },
    2 * minutes,
  );

  test(
    'down leaves nothing',
    async () => {
      const traces = await tracesOf(name);
      await down(name);
      expect(remainsOf(name, traces)).toEqual([]);
      expect(await localClusterStatus({ name })).toEqual({ kind: 'absent', name });
    },
    2 * minutes,
  );

  function signalKubelet(which: 'STOP' | 'CONT'): Promise<string> {
    const log = logPath(name, 'test');
    return runInNode(name, 'node-1', { log, signal }, ['sh', '-c', `kill -${which} $(pidof kubelet)`]);
  }
});
