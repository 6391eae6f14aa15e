import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { workloadNode } from '@kafka-ha/config';
import { defaultKafka, defaultZookeeper } from '@kafka-ha/config/values';
import { kubectlCommand } from '@kafka-ha/local-cluster';
import { dockerForTests, whyNoDocker, type DockerForTests } from '@kafka-ha/local-cluster/testing';
import type { Verdict } from '@kafka-ha/health';
import { freshNamespace } from '@kafka-ha/testing';
import type { DrillReport } from '@kafka-ha/report';
import { exampleFile, runKafkaHa, type CommandResult, type ExampleFile } from './testing.ts';

const minute = 60_000;
const name = 'e2e-kind';
const signal = new AbortController().signal;
const images = { kafka: [defaultKafka.zookeeper, defaultKafka.kraft], zookeeper: [defaultZookeeper] };
/** On two cores that run six nodes. The file's own objective is what a user may be promised. */
const interruption = { path: ['objectives', 'interruption'], value: '15s' } as const;

const volumes = ['docker', 'volume', 'ls', '--quiet'];

const why = await whyNoDocker();
if (why !== undefined) console.warn(`The test of kind is skipped: ${why}.`);

/** As on a laptop or a runner that has Docker: by commands alone, as somebody types them. */
(why === undefined ? describe : describe.skip)('kind', () => {
  let docker: DockerForTests;
  /** The volumes that Docker had without the cluster. */
  let before = '';
  let said = '';
  let kubeconfigPath = '';

  beforeAll(async () => {
    docker = await dockerForTests(images, { say: () => undefined, log: '/dev/null', signal });
    await kafkaHa('local', 'down', '--name', name);
    before = await run(volumes);
  }, 20 * minute);

  afterAll(async () => {
    await kafkaHa('local', 'down', '--name', name);
    await docker.stop();
  }, 5 * minute);

  test(
    'all nodes are ready as soon as `up` returns',
    async () => {
      const versions = ['--kafka', images.kafka.join(), '--zookeeper', images.zookeeper.join()];
      const up = await kafkaHa('local', 'up', '--provider', 'kind', '--name', name, ...versions);
      said = up.stdout + up.stderr;
      const status = await kafkaHa('local', 'status', '--name', name, '--json');
      console.info(`up in ${seconds(up)}`);
      expect({ exitCode: up.exitCode, said }).toMatchObject({ exitCode: 0 });
      const found = JSON.parse(status.stdout) as { kubeconfigPath: string; nodes: { ready: boolean }[] };
      expect(found).toMatchObject({ kind: 'running', provider: 'kind' });
      expect(found.nodes.map(({ ready }) => ready)).toEqual(Array(6).fill(true));
      ({ kubeconfigPath } = found);
    },
    15 * minute,
  );

  describe.each(['cluster.yaml', 'cluster.kraft.yaml'] as const)('%s', (file) => {
    const namespace = freshNamespace('kind');
    let example: ExampleFile;
    let target: string[];

    beforeAll(async () => {
      example = await exampleFile(namespace, kubeconfigPath, [interruption], file);
      ({ target } = example);
    });

    afterAll(async () => {
      await kafkaHa('delete', '--volumes', '--namespace', '--yes', ...target);
      await example[Symbol.asyncDispose]();
    }, 5 * minute);

    test(
      'a cluster is deployed at once',
      async () => {
        const deployed = await kafkaHa('deploy', ...target);
        console.info(`${file} deployed in ${seconds(deployed)}`);
        expect(deployed).toMatchObject({ exitCode: 0, stderr: '' });
      },
      10 * minute,
    );

    test(
      'either NetworkPolicies keep a stranger out, or that they do not is said',
      async () => {
        const isLetIn = await aStrangerIsLetIn(`events-kafka-0.${namespace}.svc.cluster.local`);
        const probed = await kafkaHa('health', '--probe', '--json', ...target);
        const { status, findings } = JSON.parse(probed.stdout) as Verdict;
        console.info(`NetworkPolicies are ${isLetIn ? 'not ' : ''}enforced`);
        expect(status).toBe('healthy');
        expect(findings.map(({ code }) => code)).toEqual(isLetIn ? ['policies-not-enforced'] : []);
        // The network of an image of the tests' own enforces none, whatever the kernel has.
        expect(said.includes('NFT_QUEUE') || docker.isOwn).toBe(isLetIn);
      },
      4 * minute,
    );

    test(
      'a broker that is killed is missed for seconds',
      async () => {
        const records = [
          '--report',
          join(example.folder, 'report'),
          '--ledger',
          join(example.folder, 'ledger'),
        ];
        const drilled = await kafkaHa('drill', 'kill-broker', '--json', ...target, ...records);
        const { verdict, results } = JSON.parse(drilled.stdout) as DrillReport;
        console.info(`${file}: interrupted ${results[0]?.interruptions?.writing.worst.ms} ms at worst`);
        expect({ verdict, reasons: results[0]?.verdict.reasons }).toEqual({ verdict: 'pass', reasons: [] });
        expect(drilled.exitCode).toBe(0);
      },
      10 * minute,
    );
  });

  test(
    'after `down` nothing of it is left',
    async () => {
      expect(await kafkaHa('local', 'down', '--name', name)).toMatchObject({ exitCode: 0 });
      const nodes = `label=io.x-k8s.kind.cluster=kafka-ha-${name}`;
      expect(await run(['docker', 'container', 'ls', '--all', '--quiet', '--filter', nodes])).toBe('');
      expect(await run(volumes)).toBe(before);
      expect(existsSync(kubeconfigPath)).toBe(false);
      expect(await kafkaHa('local', 'status', '--name', name)).toMatchObject({
        exitCode: 1,
        stdout: expect.stringContaining('there is no local cluster'),
      });
    },
    5 * minute,
  );

  function kafkaHa(...args: string[]): Promise<CommandResult> {
    return runKafkaHa(args, { env: docker.env, within: docker.within });
  }

  /** Of a namespace that is not labelled as one of clients, to the port of clients. */
  async function aStrangerIsLetIn(host: string): Promise<boolean> {
    const kubectl = await kubectlCommand(name);
    const connect = `const socket = require("net").connect(9092, "${host}");
      const end = (outcome) => { console.log(outcome); process.exit(); };
      socket.on("connect", () => end("let in"));
      socket.on("error", ({ code }) => end(code));
      setTimeout(() => end("kept out"), 5000);`;
    const pod = `stranger-${Math.random().toString(36).slice(2)}`;
    const image = `--image=node:${workloadNode}`;
    await run([...kubectl, 'run', pod, image, '--restart=Never', '--command', '--', 'node', '-e', connect]);
    await run([
      ...kubectl,
      'wait',
      `pod/${pod}`,
      '--for=jsonpath={.status.phase}=Succeeded',
      '--timeout=90s',
    ]);
    const outcome = (await run([...kubectl, 'logs', pod])).trim();
    await run([...kubectl, 'delete', 'pod', pod]);
    expect(['let in', 'kept out']).toContain(outcome);
    return outcome === 'let in';
  }

  async function run([program = '', ...args]: readonly string[]): Promise<string> {
    const env = { ...process.env, ...docker.env };
    return (await promisify(execFile)(program, args, { env })).stdout;
  }

  const seconds = ({ tookMs }: CommandResult) => `${Math.round(tookMs / 1000)} s`;
});
