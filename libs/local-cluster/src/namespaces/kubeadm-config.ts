import { registry } from '../images/images.ts';
import { versions } from '../versions.ts';
import { zoneOf } from '../zones.ts';
import { addresses } from './addresses.ts';
import { cgroupOf } from './cgroups.ts';

const api = 'kubeadm.k8s.io/v1beta4';

/** `kubeadm init`'s file: JSON documents, which is YAML as well. */
export function initConfig(name: string): string {
  return documents([
    {
      apiVersion: api,
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress: addresses.node(0), bindPort: 6443 },
      nodeRegistration: {
        name: nodeName(0),
        criSocket: 'unix:///run/containerd/containerd.sock',
        imagePullPolicy: 'Never',
        kubeletExtraArgs: kubeletFlags(name, 0),
      },
    },
    {
      apiVersion: api,
      kind: 'ClusterConfiguration',
      kubernetesVersion: `v${versions.kubernetes}`,
      clusterName: name,
      imageRepository: registry,
      encryptionAlgorithm: 'ECDSA-P256', // ten RSA keys take seconds
      networking: { podSubnet: addresses.pods, serviceSubnet: addresses.services },
      // a test cluster outlives its own power failure no better for syncing
      etcd: { local: { imageTag: versions.etcd, extraArgs: [{ name: 'unsafe-no-fsync', value: 'true' }] } },
      apiServer: { certSANs: ['127.0.0.1'] },
      controllerManager: { extraArgs: withoutElection },
      scheduler: { extraArgs: withoutElection },
    },
    kubeletConfig,
    {
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      mode: 'iptables',
      conntrack: { maxPerCore: 0 }, // the limit is the machine's, not a namespace's
    },
  ]);
}

/** There is one of each: an election takes seconds, and on a machine that is busy its loser would stop. */
const withoutElection = [{ name: 'leader-elect', value: 'false' }];

/** What kubelet is told of its node on its command line; the rest is the same for all, in a file. */
export function kubeletFlags(name: string, index: number, zones?: number): { name: string; value: string }[] {
  return [
    { name: 'node-ip', value: addresses.node(index) },
    { name: 'cgroup-root', value: cgroupOf(name, nodeName(index)) },
    ...(zones === undefined
      ? []
      : [{ name: 'node-labels', value: `topology.kubernetes.io/zone=${zoneOf(index, zones)}` }]),
  ];
}

export function nodeName(index: number): string {
  return `node-${index}`;
}

/** All nodes share one machine, whose memory, disk and kernel settings are no node's own business. */
const kubeletConfig = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  cgroupDriver: 'cgroupfs',
  failCgroupV1: false,
  failSwapOn: false,
  imageGCHighThresholdPercent: 100,
  evictionHard: { 'nodefs.available': '0%' },
};

function documents(objects: object[]): string {
  return objects.map((object) => JSON.stringify(object, null, 2)).join('\n---\n');
}
