import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { kafkaStatefulSet } from '../kafka/kafka-stateful-set.ts';
import { zookeeperStatefulSet } from '../zookeeper/zookeeper-stateful-set.ts';
import { dynamicConfigMap } from '../kafka/kafka-config.ts';

type Overrides = Parameters<typeof aSpec>[0];

describe('statefulSet', () => {
  const brokers = (overrides?: Overrides) => shapeOf(kafkaStatefulSet(aSpec(overrides)).spec);
  const servers = (overrides?: Overrides) => shapeOf(zookeeperStatefulSet(aSpec(overrides)).spec);

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])(
    '%s start all at once, are replaced by nobody but this project, and never lose a volume',
    (_, render) => {
      expect(render()).toMatchObject({
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'OnDelete' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      });
    },
  );

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])('%s are admitted where Pod Security `restricted` is enforced', (_, render) => {
    const { containers, ...pod } = render().template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(containers).toMatchObject([
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
      },
    ]);
  });

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])('%s have their memory for sure and no limit on CPU', (_, render) => {
    const { requests, limits } = render().template.spec.containers[0].resources;
    expect(limits).toEqual({ memory: requests['memory'] });
    expect(requests['cpu']).toBeDefined();
  });

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])('%s can have their JVM killed from a shell in the pod', (_, render) => {
    expect(render().template.spec).toMatchObject({ shareProcessNamespace: true });
  });

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])('the files that %s start with are annotations of their own template', (_, render) => {
    const { metadata, spec } = render().template;
    const [downward] = spec.volumes.find(({ name }) => name === 'config')?.projected?.sources ?? [];
    const wanted = downward?.downwardAPI?.items.map(({ path, fieldRef }) => [path, fieldRef.fieldPath]) ?? [];
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted).toEqual(
      Object.keys(metadata.annotations).map((key) => [
        key.replace('kafka-ha/', ''),
        `metadata.annotations['${key}']`,
      ]),
    );
    expect(spec.containers[0].command).toEqual(['sh', '/etc/kafka-ha/start.sh']);
  });

  test.each([
    ['brokers', brokers],
    ['ZooKeeper servers', servers],
  ])('every file that the arguments of %s name is there: Java would go without a word', (_, render) => {
    const { metadata, spec } = render().template;
    const named = spec.containers[0].args.flatMap((one) => /\/etc\/kafka-ha\/(.*)$/.exec(one)?.[1] ?? []);
    expect(named).toContain('java.security');
    for (const file of named) expect(Object.keys(metadata.annotations)).toContain(`kafka-ha/${file}`);
  });

  test('the JVM fits into the container', () => {
    const spec = aSpec({ resources: { memory: '1Gi' } });
    const { args } = brokers({ resources: { memory: '1Gi' } }).template.spec.containers[0];
    const megabytes = (flag: string) =>
      Number(args.find((one) => one.startsWith(flag))?.slice(flag.length, -1));
    expect(megabytes('-Xmx') * 1024 * 1024).toBe(spec.sizing.heapBytes);
    expect(megabytes('-Xmx')).toBe(megabytes('-Xms'));
    expect(
      megabytes('-Xmx') + megabytes('-XX:MaxDirectMemorySize=') + megabytes('-XX:MaxMetaspaceSize='),
    ).toBeLessThan(1024 - 128);
  });

  test('a setting that needs a restart makes a new revision; one that does not, only a new ConfigMap', () => {
    const template = (kafkaConfig: Record<string, string>) => brokers({ kafkaConfig }).template;
    const dynamic = { 'message.max.bytes': '2000000' };
    expect(template(dynamic)).toEqual(template({}));
    expect(dynamicConfigMap(aSpec({ kafkaConfig: dynamic })).data).not.toEqual(
      dynamicConfigMap(aSpec()).data,
    );
    expect(template({ 'replica.fetch.backoff.ms': '500' })).not.toEqual(template({}));
  });

  test('a broker more makes no new revision: the others are not restarted for it', () => {
    expect(brokers({ brokers: 6 }).template).toEqual(brokers({ brokers: 5 }).template);
  });

  test('the default StorageClass is asked for by naming none', () => {
    expect(brokers().volumeClaimTemplates[0].spec).not.toHaveProperty('storageClassName');
    expect(brokers({ storage: { class: 'fast' } }).volumeClaimTemplates[0].spec).toMatchObject({
      storageClassName: 'fast',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '50Gi' } },
    });
  });

  test('only the readiness of ZooKeeper asks for a quorum, and nothing that restarts a container does', () => {
    const { livenessProbe, readinessProbe } = servers().template.spec.containers[0];
    expect(JSON.stringify(readinessProbe)).toContain('srvr');
    expect(livenessProbe).toMatchObject({ tcpSocket: { port: 'clients' } });
    expect(brokers().template.spec.containers[0].livenessProbe).toMatchObject({
      tcpSocket: { port: 'clients' },
    });
  });

  test('a broker has half an hour for log recovery, and two minutes to leave', () => {
    const { containers, terminationGracePeriodSeconds } = brokers().template.spec;
    const { periodSeconds, failureThreshold } = containers[0].startupProbe;
    expect(periodSeconds * failureThreshold).toBe(1_800);
    expect(terminationGracePeriodSeconds).toBe(120);
  });

  /** The parts of a StatefulSet that these tests look at. */
  type Shape = {
    template: {
      metadata: { annotations: Record<string, string> };
      spec: {
        containers: [
          {
            command: string[];
            args: string[];
            resources: { requests: Record<string, string>; limits: Record<string, string> };
            startupProbe: { periodSeconds: number; failureThreshold: number };
            readinessProbe: unknown;
            livenessProbe: unknown;
          },
        ];
        terminationGracePeriodSeconds: number;
        volumes: {
          name: string;
          projected?: {
            sources: { downwardAPI?: { items: { path: string; fieldRef: { fieldPath: string } }[] } }[];
          };
        }[];
      };
    };
    volumeClaimTemplates: [{ spec: unknown }];
  };

  function shapeOf(spec: unknown): Shape {
    return spec as Shape;
  }
});
