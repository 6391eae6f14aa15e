import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';
import { systemClock, type Clock } from './clock.ts';
import type { Fence } from './fence.ts';

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
  /** Asked before each change; without one no change is sent. See `FencedKube`. */
  readonly fence?: Fence;
};

/** `kubeconfigPath` may be a list, as the variable KUBECONFIG is. The text wins over the path. */
export type KubeSource = { kubeconfigText?: string; kubeconfigPath?: string; context?: string };

/**
 * Reads a kubeconfig and picks a context, the current one unless another is named.
 *
 * @throws KafkaHaError `not-found` for a file that is not there, `invalid-usage` for one that is no kubeconfig or lacks the context.
 */
export function openKube(source: KubeSource, clock: Clock = systemClock): Kube {
  const { config, origin } = load(source);
  const context = pickContext(config, origin, source.context);
  config.setCurrentContext(context.name);
  const cluster = config.getCluster(context.cluster);
  if (cluster === null) throw unusable(origin, `context "${context.name}" names no known cluster`);
  if (config.getUser(context.user) === null)
    throw unusable(origin, `context "${context.name}" names no known user`);
  const { server } = cluster;
  // client-node would refuse each call, as it sends the credentials.
  if (server.startsWith('http:') && !cluster.skipTLSVerify)
    throw unusable(origin, `context "${context.name}" goes to ${server} without TLS`);
  const agentModule = server.startsWith('http:') ? http : https;
  const agent = new agentModule.Agent({ keepAlive: true });
  return { context: context.name, server, namespace: context.namespace, config, agent, clock };
}

type Loaded = { config: KubeConfig; origin: string };

function load({ kubeconfigText, kubeconfigPath }: KubeSource): Loaded {
  if (kubeconfigText !== undefined)
    return { config: parse(kubeconfigText, 'the kubeconfig'), origin: 'the kubeconfig' };
  const files = (kubeconfigPath ?? '').split(path.delimiter).filter((file) => file !== '');
  if (files.length === 0)
    throw new KafkaHaError('not-found', 'No kubeconfig was given.', {
      hint: 'Set KUBECONFIG to the path of one.',
    });
  const [first, ...others] = files.map((file) => parseFile(file));
  for (const other of others) merge(first as KubeConfig, other);
  return { config: first as KubeConfig, origin: files.join(', ') };
}

function parseFile(file: string): KubeConfig {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = codeOf(cause) === 'ENOENT';
    throw new KafkaHaError(
      missing ? 'not-found' : 'invalid-usage',
      missing ? `There is no kubeconfig ${file}.` : `Cannot read the kubeconfig ${file}: ${messageOf(cause)}`,
      { hint: 'Set KUBECONFIG to the path of one.', cause },
    );
  }
  const config = parse(text, file);
  config.makePathsAbsolute(path.dirname(path.resolve(file)));
  return config;
}

/** No part of the file may be quoted in an error: it holds credentials. */
function parse(text: string, origin: string): KubeConfig {
  let parsed: unknown;
  try {
    parsed = loadYaml(text);
  } catch (cause) {
    throw unusable(origin, `not YAML${lineOf(cause)}`);
  }
  if (typeof parsed !== 'object' || parsed === null || !('clusters' in parsed) || !('contexts' in parsed))
    throw unusable(origin, 'it has no clusters and contexts');
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch (cause) {
    throw unusable(origin, messageOf(cause));
  }
  return config;
}

/** As kubectl merges: the first file to name a thing wins. */
function merge(into: KubeConfig, other: KubeConfig): void {
  const known = (list: { name: string }[], name: string) => list.some((entry) => entry.name === name);
  into.clusters.push(...other.clusters.filter(({ name }) => !known(into.clusters, name)));
  into.users.push(...other.users.filter(({ name }) => !known(into.users, name)));
  into.contexts.push(...other.contexts.filter(({ name }) => !known(into.contexts, name)));
  if (!into.currentContext && other.currentContext) into.setCurrentContext(other.currentContext);
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

function unusable(origin: string, why: string): KafkaHaError {
  return new KafkaHaError('invalid-usage', `Cannot use ${origin}: ${why}.`, {
    hint: '`kubectl config view` shows how a kubeconfig looks.',
  });
}

function lineOf(cause: unknown): string {
  const mark = (cause as { mark?: { line?: number } } | undefined)?.mark;
  return mark?.line === undefined ? '' : ` at line ${mark.line + 1}`;
}

function codeOf(thrown: unknown): unknown {
  return (thrown as { code?: unknown } | undefined)?.code;
}
