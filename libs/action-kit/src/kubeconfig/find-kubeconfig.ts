import { readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import type { ClusterInputs } from '../inputs.ts';
import { credentialsOf, formsOf } from './credentials.ts';

/** Where to find the Kubernetes, as `openKube` takes it, and what it is to do with what a login plugin says and hands out. */
export type KubeconfigSource = {
  kubeconfigText?: string;
  kubeconfigPath?: string;
  context?: string;
  onWords?: (text: string) => void;
  onSecret?: (secret: string) => void;
};

export type Kubeconfig = {
  source: KubeconfigSource;
  /** Every credential in it and in the files that it names, in all forms in which it may come up. */
  secrets: string[];
};

/** The kubeconfig of the input or else of the variable KUBECONFIG; undefined where there is neither. */
export function findKubeconfig(
  { kubeconfig, context }: Pick<ClusterInputs, 'kubeconfig' | 'context'>,
  environment: NodeJS.ProcessEnv,
): Kubeconfig | undefined {
  const chosen = context === undefined ? {} : { context };
  if (kubeconfig !== undefined)
    return {
      source: { kubeconfigText: kubeconfig, ...chosen },
      secrets: secretsOf(kubeconfig, process.cwd()),
    };
  const path = environment['KUBECONFIG'];
  if (path === undefined || path === '') return undefined;
  const secrets = path.split(delimiter).flatMap((file) => secretsOf(textOf(file), dirname(resolve(file))));
  return { source: { kubeconfigPath: path, ...chosen }, secrets };
}

function secretsOf(kubeconfig: string, folder: string): string[] {
  const { secrets, files } = credentialsOf(kubeconfig);
  return [...secrets, ...files.flatMap((file) => formsOf(textOf(resolve(folder, file))))];
}

/** A file that cannot be read holds no secret; whoever opens the kubeconfig says what is wrong. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
