import { kubeconfigPath } from '../paths.ts';

type Command = [string, ...string[]];

/** kind's own name of the cluster, which is what Docker's containers begin with. */
const kindName = (name: string) => `kafka-ha-${name}`;

/** The configuration is read from stdin. */
export function createCommand(kind: string, name: string): Command {
  const target = ['--name', kindName(name), '--kubeconfig', kubeconfigPath(name)];
  return [kind, 'create', 'cluster', ...target, '--config', '-', '--wait', '180s'];
}

/** No error when there is no such cluster. */
export function deleteCommand(kind: string, name: string): Command {
  return [kind, 'delete', 'cluster', '--name', kindName(name), '--kubeconfig', kubeconfigPath(name)];
}

/** Into the workers' containerd: the control plane runs no pod of ours. */
export function loadCommand(kind: string, name: string, workers: number, archive: string): Command {
  const nodes = Array.from(
    { length: workers },
    (_, index) => `${kindName(name)}-worker${index === 0 ? '' : index + 1}`,
  );
  return [kind, 'load', 'image-archive', archive, '--name', kindName(name), '--nodes', nodes.join(',')];
}

/** The control plane's own kubectl, as the administrator: the machine may have none. */
export function kubectlInKind(name: string): Command {
  const kubectl = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf'];
  return ['docker', 'exec', `${kindName(name)}-control-plane`, ...kubectl];
}

/** Has the control plane's kernel check rules of nftables that are read from stdin, without applying them. */
export function nftCommand(name: string): Command {
  return [
    'docker',
    'exec',
    '--interactive',
    `${kindName(name)}-control-plane`,
    'nft',
    '--check',
    '--file',
    '-',
  ];
}

export function nodesCommand(name: string): Command {
  return [...kubectlInKind(name), 'get', 'nodes', '--output', 'json'];
}
