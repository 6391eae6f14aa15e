import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { KafkaHaError, systemClock, type Clock } from '@kafka-ha/base';
import type { Cluster, KubeConfig } from '@kubernetes/client-node';
import { openLogin, type Login, type LoginOptions } from './login-plugin.ts';
import { readKubeconfig, unusable } from './read-kubeconfig.ts';

/**
 * Awaited right before a change is sent.
 *
 * @throws KafkaHaError where the change must not be sent, e.g. `lock-held`.
 */
export type Fence = () => Promise<void>;

/** A Kubernetes API server and who we are there. Opening one sends nothing. */
export type Kube = {
  /** The kubeconfig context in use. */
  readonly context: string;
  /** The API server's URL. */
  readonly server: string;
  /** The namespace that the context names. */
  readonly namespace: string | undefined;
  readonly config: KubeConfig;
  /** Keeps connections for the next request; client-node's own agents open one for each. */
  readonly agent: http.Agent;
  readonly clock: Clock;
  /** Where a plugin hands out the credentials. */
  readonly login?: Login;
  /** Asked before each change; without one no change is sent. See `FencedKube`. */
  readonly fence?: Fence;
};

/** `kubeconfigPath` may be a list, as the variable KUBECONFIG is. The text wins over the path. */
export type KubeSource = { kubeconfigText?: string; kubeconfigPath?: string; context?: string } & Pick<
  LoginOptions,
  'onWords' | 'onSecret'
>;

/**
 * Reads a kubeconfig as kubectl does and picks a context, the current one unless another is named.
 *
 * @throws KafkaHaError `not-found` where there is none, `invalid-usage` for one that is no kubeconfig or lacks the context.
 */
export function openKube(source: KubeSource, clock: Clock = systemClock): Kube {
  const { config, plugins, origin } = readKubeconfig(source, process.env);
  const context = pickContext(config, origin, source.context);
  config.setCurrentContext(context.name);
  const cluster = config.getCluster(context.cluster);
  if (cluster === null)
    throw unusable(origin, `context "${context.name}" names no known cluster that has a server`);
  if (config.getUser(context.user) === null)
    throw unusable(origin, `context "${context.name}" names no known user`);
  const { server } = cluster;
  // client-node would refuse each call, as it sends the credentials.
  if (server.startsWith('http:') && !cluster.skipTLSVerify)
    throw unusable(origin, `context "${context.name}" goes to ${server} without TLS`);
  const agentModule = server.startsWith('http:') ? http : https;
  const agent = new agentModule.Agent({ keepAlive: true });
  const plugin = plugins.get(context.user);
  const { onWords, onSecret } = source;
  const told = { context: context.name, cluster: clusterInfo(cluster), onWords, onSecret };
  const login = plugin === undefined ? {} : { login: openLogin(plugin, told) };
  return { context: context.name, server, namespace: context.namespace, config, agent, clock, ...login };
}

/** As a login plugin is told of it, and as a kubeconfig says it without a file of this machine. */
export function clusterInfo({
  server,
  caFile,
  caData,
  skipTLSVerify,
  tlsServerName,
  proxyUrl,
}: Partial<Cluster>) {
  const ca = caFile === undefined ? caData : readIfThere(caFile)?.toString('base64');
  return {
    server,
    ...(ca !== undefined && { 'certificate-authority-data': ca }),
    ...(skipTLSVerify && { 'insecure-skip-tls-verify': true }),
    ...(tlsServerName !== undefined && { 'tls-server-name': tlsServerName }),
    ...(proxyUrl !== undefined && { 'proxy-url': proxyUrl }),
  };
}

/** A connection says what is wrong with a file that is not there. */
function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function pickContext(config: KubeConfig, origin: string, wanted: string | undefined) {
  const name = wanted ?? config.getCurrentContext();
  const context = name ? config.getContexts().find((entry) => entry.name === name) : undefined;
  if (context !== undefined) return context;
  const names = config.getContexts().map((entry) => entry.name);
  const known = names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
  throw new KafkaHaError(
    'invalid-usage',
    name
      ? `There is no context "${name}" in ${origin}. ${known}`
      : `No context is chosen in ${origin}. ${known}`,
    { hint: 'Name one of them with --context.' },
  );
}
