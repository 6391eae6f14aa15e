import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../build/artefact.ts';
import { contentOf } from '../../build/cache-key.ts';
import { kubernetesProgram } from '../../build/go-program.ts';
import { writeArchive } from '../../images/image-archive.ts';
import { registry, type Image } from '../../images/images.ts';
import { layer, type Layer } from '../../images/layer.ts';
import { debianLayer, kubernetesLayer, pauseLayer } from '../../images/layers.ts';
import { corefile } from '../../namespaces/cluster-objects.ts';
import { runCommand, type StepContext } from '../../run-command.ts';
import { versions } from '../../versions.ts';
import { routes } from './routes.ts';

const nodeTreeScript = fileURLToPath(new URL('node-tree.sh', import.meta.url));

const kindModule = `sigs.k8s.io/kind@v${versions.kind}`;
const storageModule = 'github.com/rancher/local-path-provisioner@v0.0.30';

export const nodeImageName = `${registry}/kind-node:v${versions.kubernetes}`;

/**
 * A node image for kind where there is no registry: Debian's packages, the files of kind's own module, the Kubernetes that this
 * library compiles. It differs from kind's own in its network, which enforces no NetworkPolicy.
 */
export function nodeImage(): Image {
  return {
    names: [nodeImageName],
    layers: [nodeTreeLayer()],
    config: {
      Entrypoint: ['/usr/local/bin/entrypoint', '/sbin/init'],
      Env: ['container=docker'],
      StopSignal: 'SIGRTMIN+3',
    },
  };
}

function nodeTreeLayer(): Layer {
  const own = [debianLayer(), kubernetesLayer(), pauseLayer(), dnsLayer(), storageLayer()];
  const inputs = [contentOf(nodeTreeScript), kindModule, routes(''), own.map(({ path }) => path)];
  return layer('kind-node', inputs, async (context, root) => {
    for (const needed of [kubernetesProgram(), ...own]) await ensureBuilt(context, needed);
    const kind = await moduleFolder(kindModule, context);
    const storage = await storageOf(kind);
    const names = await kubernetesNames(context);
    const work = await mkdtemp(join(tmpdir(), 'kind-node-'));
    try {
      await mkdir(join(work, 'manifests'));
      await writeFile(join(work, 'manifests/default-storage.yaml'), storage.manifest);
      await writeFile(
        join(work, 'manifests/default-cni.yaml'),
        JSON.stringify(routes(named(names, 'kube-proxy'))),
      );
      await writeArchive(join(work, 'images'), await imagesOfNode(kind, storage, names));
      context.say('installing a node');
      await runCommand(context, [nodeTreeScript, root], {
        env: {
          KIND: kind,
          KUBERNETES: kubernetesProgram().path,
          VERSION: `v${versions.kubernetes}`,
          MANIFESTS: join(work, 'manifests'),
          IMAGES: join(work, 'images'),
        },
      });
    } finally {
      await rm(work, { recursive: true });
    }
  });
}

/** Downloads a Go module. Returns its folder in Go's cache. */
async function moduleFolder(module: string, context: StepContext): Promise<string> {
  const told = await runCommand(context, ['go', 'mod', 'download', '-json', module], { cwd: '/' });
  return (JSON.parse(told) as { Dir: string }).Dir;
}

type Storage = { manifest: string; provisioner: string; helper: string };

/** The manifest that kind writes into its images, with the images that it names: a constant in its source. */
async function storageOf(kind: string): Promise<Storage> {
  const source = await readFile(join(kind, 'pkg/build/nodeimage/const_storage.go'), 'utf8');
  const constant = (name: string) => new RegExp(`const ${name} = "(.*)"`).exec(source)?.[1] ?? '';
  const written = /defaultStorageManifest = `(.*)`/s.exec(source)?.[1] ?? '';
  return {
    manifest: written.replace(/` \+ (\w+) \+ `/g, (_, name: string) => constant(name)),
    provisioner: constant('storageProvisionerImage'),
    helper: constant('storageHelperImage'),
  };
}

/** The names by which kubeadm asks for the parts of Kubernetes. */
async function kubernetesNames(context: StepContext): Promise<string[]> {
  const list = ['config', 'images', 'list', '--kubernetes-version', `v${versions.kubernetes}`];
  const told = await runCommand(context, [join(kubernetesProgram().path, 'kubeadm'), ...list]);
  return told.trim().split('\n');
}

function named(names: readonly string[], part: string): string {
  return names.find((name) => name.includes(`/${part}:`)) ?? part;
}

/** What runs on a node before any pod of ours, by the names that kubeadm, kind and its containerd ask for. */
async function imagesOfNode(kind: string, storage: Storage, names: readonly string[]): Promise<Image[]> {
  const containerd = await readFile(join(kind, 'images/base/files/etc/containerd/config.toml'), 'utf8');
  const pause = /sandbox_image = "(.*)"/.exec(containerd)?.[1] ?? '';
  const config = { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] };
  const parts = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
  const kubernetes = [debianLayer(), kubernetesLayer()];
  return [
    { names: parts.map((part) => named(names, part)), layers: kubernetes, config },
    {
      names: [named(names, 'coredns')],
      layers: [...kubernetes, dnsLayer()],
      config: { ...config, Entrypoint: ['/coredns'] },
    },
    { names: [pause], layers: [pauseLayer()], config: { Entrypoint: ['/pause'] } },
    { names: [storage.provisioner], layers: [debianLayer(), storageLayer()], config },
    { names: [storage.helper], layers: [debianLayer()], config },
  ];
}

/** Its own Corefile, since kubeadm's names a plugin that leads out of the cluster, which the CoreDNS that is there does not have. */
function dnsLayer(): Layer {
  return layer('kind-dns', [corefile], async (_context, root) => {
    const start = '#!/bin/sh\nexec /usr/local/bin/coredns -conf /Corefile\n';
    await writeFile(join(root, 'Corefile'), corefile);
    await writeFile(join(root, 'coredns'), start, { mode: 0o755 });
  });
}

function storageLayer(): Layer {
  return layer('kind-storage', [storageModule], async (context, root) => {
    context.say('compiling what makes volumes');
    await runCommand(context, ['go', 'install', '-ldflags=-s -w', storageModule], {
      env: { GOBIN: join(root, 'usr/local/bin'), CGO_ENABLED: '0', GOTOOLCHAIN: 'auto' },
    });
  });
}
