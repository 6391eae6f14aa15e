import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';
import type { LoginPlugin } from './login-plugin.ts';
import { proxyFor } from './proxy-for.ts';

export type Loaded = {
  config: KubeConfig;
  /** Of users, by their names. client-node is not told of them, as it runs one for each request. */
  plugins: Map<string, LoginPlugin>;
  /** Where it came from, for messages. */
  origin: string;
};

/** A user of this name is in every kubeconfig, for contexts that name none. */
const anonymous = '(anonymous)';

/**
 * Reads kubeconfigs as kubectl does: files of the list that are missing or empty are passed over, the first to name a thing
 * wins, entries that are broken count only where they are used, and paths are relative to their file.
 *
 * @throws KafkaHaError `not-found` where there is none at all, `invalid-usage` for one that is no kubeconfig.
 */
export function readKubeconfig(
  source: { kubeconfigText?: string; kubeconfigPath?: string },
  environment: NodeJS.ProcessEnv,
): Loaded {
  const { kubeconfigText, kubeconfigPath } = source;
  const loaded =
    kubeconfigText === undefined
      ? readFiles(kubeconfigPath ?? '', environment)
      : parse(kubeconfigText, { origin: 'the kubeconfig', folder: '', environment });
  if (loaded.config.clusters.length === 0 && loaded.config.contexts.length === 0)
    throw unusable(loaded.origin, 'it has no clusters and contexts');
  return loaded;
}

function readFiles(list: string, environment: NodeJS.ProcessEnv): Loaded {
  const files = list.split(path.delimiter).filter((file) => file !== '');
  if (files.length === 0)
    throw new KafkaHaError('not-found', 'No kubeconfig was given.', {
      hint: 'Set KUBECONFIG to the path of one.',
    });
  const found = files.flatMap((file) => {
    const text = textOf(file);
    const folder = path.dirname(path.resolve(file));
    return text === undefined ? [] : [parse(text, { origin: file, folder, environment })];
  });
  const [first, ...others] = found;
  if (first === undefined)
    throw new KafkaHaError('not-found', `There is no kubeconfig ${files.join(', ')}.`, {
      hint: 'Set KUBECONFIG to the path of one.',
    });
  for (const other of others) merge(first, other);
  return { ...first, origin: files.join(', ') };
}

/** Undefined where there is no such file. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as { code?: unknown } | undefined)?.code === 'ENOENT') return undefined;
    throw new KafkaHaError('invalid-usage', `Cannot read the kubeconfig ${file}: ${messageOf(cause)}`, {
      hint: 'Set KUBECONFIG to the path of one.',
      cause,
    });
  }
}

type Place = { origin: string; folder: string; environment: NodeJS.ProcessEnv };
type Entry = { name?: string; cluster?: Fields | null; user?: User | null; context?: Fields | null };
type Fields = Record<string, unknown>;
type User = Fields & { exec?: LoginPlugin | null };

/** No part of the file may be quoted in an error: it holds credentials. */
function parse(text: string, { origin, folder, environment }: Place): Loaded {
  let raw: unknown;
  try {
    raw = text.trim() === '' ? {} : (loadYaml(text) ?? {});
  } catch (cause) {
    throw unusable(origin, `not YAML${lineOf(cause)}`);
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw unusable(origin, 'it has no clusters and contexts');
  const { clusters, users, contexts, ...rest } = raw as Fields;
  const plugins = new Map<string, LoginPlugin>();
  for (const { name, user } of entries(users))
    if (name !== undefined && user?.['exec']) plugins.set(name, pluginOf(user['exec'], folder));
  const config = new KubeConfig();
  const normal = {
    ...rest,
    clusters: entries(clusters).map((entry) => withProxy(entry, environment)),
    users: [...entries(users).map((entry) => withTokenFile(entry, folder)), { name: anonymous, user: {} }],
    contexts: entries(contexts).map(withUser),
  };
  try {
    config.loadFromString(JSON.stringify(normal), { onInvalidEntry: 'filter' });
  } catch (cause) {
    throw unusable(origin, messageOf(cause));
  }
  if (folder !== '') config.makePathsAbsolute(folder);
  return { config, plugins, origin };
}

function entries(list: unknown): Entry[] {
  return Array.isArray(list) ? (list as (Entry | null)[]).filter((entry) => entry !== null) : [];
}

/** A program that is named by a path lies beside the file; any other is looked for as a shell does. */
function pluginOf(exec: LoginPlugin, folder: string): LoginPlugin {
  const { command } = exec;
  const isPath = typeof command === 'string' && command.includes(path.sep);
  return isPath && folder !== '' ? { ...exec, command: path.resolve(folder, command) } : exec;
}

/** client-node knows files with tokens under another name, and reads them again each minute. The file outranks a token. */
function withTokenFile(entry: Entry, folder: string): Entry {
  const { tokenFile, token, ...fields } = entry.user ?? {};
  const user = { ...fields, exec: undefined };
  if (typeof tokenFile !== 'string' || tokenFile === '') return { ...entry, user: { ...user, token } };
  const config = { tokenFile: path.resolve(folder, tokenFile) };
  return { ...entry, user: { ...user, 'auth-provider': { name: 'file', config } } };
}

function withProxy(entry: Entry, environment: NodeJS.ProcessEnv): Entry {
  const { server, 'proxy-url': proxy } = entry.cluster ?? {};
  if (typeof server !== 'string' || proxy) return entry;
  return { ...entry, cluster: { ...entry.cluster, 'proxy-url': proxyFor(server, environment) } };
}

function withUser(entry: Entry): Entry {
  return entry.context?.['user']
    ? entry
    : { ...entry, context: entry.context && { ...entry.context, user: anonymous } };
}

/** As kubectl merges: the first file to name a thing wins. */
function merge({ config, plugins }: Loaded, other: Loaded): void {
  const known = (list: { name: string }[], name: string) => list.some((entry) => entry.name === name);
  for (const [name, plugin] of other.plugins) if (!known(config.users, name)) plugins.set(name, plugin);
  config.clusters.push(...other.config.clusters.filter(({ name }) => !known(config.clusters, name)));
  config.users.push(...other.config.users.filter(({ name }) => !known(config.users, name)));
  config.contexts.push(...other.config.contexts.filter(({ name }) => !known(config.contexts, name)));
  if (!config.currentContext && other.config.currentContext)
    config.setCurrentContext(other.config.currentContext);
}

export function unusable(origin: string, why: string): KafkaHaError {
  return new KafkaHaError('invalid-usage', `Cannot use ${origin}: ${why}.`, {
    hint: '`kubectl config view` shows what a kubeconfig looks like.',
  });
}

function lineOf(cause: unknown): string {
  const mark = (cause as { mark?: { line?: number } } | undefined)?.mark;
  return mark?.line === undefined ? '' : ` at line ${mark.line + 1}`;
}
