import type { ImageVersions } from '../local-cluster.ts';
import { versions } from '../versions.ts';
import { kafkaBaseLayer, localeEnvironment, zookeeperBaseLayer } from './base-layers.ts';
import type { Layer } from './layer.ts';
import {
  classDataLayer,
  debianLayer,
  javaHome,
  javaLayer,
  kafkaLayer,
  kubernetesLayer,
  kubernetesParts,
  nodeLayer,
  pauseLayer,
  zookeeperHome,
  zookeeperLayer,
} from './layers.ts';

/** `config` is the part of that name of an OCI image's configuration. */
export type Image = { names: string[]; layers: Layer[]; config: ImageConfig };

export type ImageConfig = {
  User?: string;
  WorkingDir?: string;
  Entrypoint?: string[];
  Env?: string[];
  StopSignal?: string;
};

/** Where images are said to come from that nobody else has. */
export const registry = 'kafka-ha.local';

export const pauseImage = `${registry}/pause:${versions.pause}`;

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const javaEnvironment = [`JAVA_HOME=${javaHome}`, `PATH=${javaHome}/bin:${path}`, ...localeEnvironment];

/**
 * All that a cluster's nodes can start. Kafka's and ZooKeeper's have the names, paths, users, tools and locale of the
 * official images, so that the same manifests run on both; their start scripts are not to be had, so pods must call `java`.
 */
export function imagesOf({ kafka, zookeeper }: ImageVersions): Image[] {
  return [
    { names: [pauseImage], layers: [pauseLayer()], config: { Entrypoint: ['/pause'] } },
    {
      names: kubernetesParts.map((part) => `${registry}/${part}:${partVersion(part)}`),
      layers: [debianLayer(), kubernetesLayer()],
      config: { Env: [`PATH=${path}`] },
    },
    ...kafka.map(kafkaImage),
    ...zookeeper.map((version) => ({
      names: [`docker.io/library/zookeeper:${version}`],
      layers: [zookeeperBaseLayer(), javaLayer(), zookeeperLayer(version)],
      config: { WorkingDir: zookeeperHome(version), Env: javaEnvironment },
    })),
    {
      names: [versions.node, versions.node.split('.')[0]].map((tag) => `docker.io/library/node:${tag}`),
      layers: [debianLayer(), nodeLayer()],
      config: { Env: [`PATH=${path}`] },
    },
  ];
}

export function kafkaImage(version: string): Image {
  return {
    names: [`docker.io/apache/kafka:${version}`],
    layers: [kafkaBaseLayer(), javaLayer(), kafkaLayer(version), classDataLayer(version)],
    config: { User: 'appuser', WorkingDir: '/', Env: javaEnvironment },
  };
}

function partVersion(part: (typeof kubernetesParts)[number]): string {
  if (part === 'etcd') return versions.etcd;
  return `v${part === 'coredns' ? versions.coredns : versions.kubernetes}`;
}
