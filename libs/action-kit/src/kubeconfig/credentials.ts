import { parse } from 'yaml';

/** Names of flags and variables whose values are no secret, and would be missed in the output. */
const harmlessName =
  /region|cluster|profile|output|login$|environment|account$|path$|home$|interval|verbos|-v$/i;
/** Words that plugins are commonly called with. */
const harmlessWord = /^(get-token|get-credentials|oidc-login|convert-kubeconfig|credential-process)$/;

/** What of a kubeconfig must not be shown, and the files that it names which hold more of it. */
export type Credentials = { secrets: string[]; files: string[] };

type User = {
  token?: unknown;
  tokenFile?: unknown;
  username?: unknown;
  password?: unknown;
  'client-key'?: unknown;
  'client-key-data'?: unknown;
  'auth-provider'?: { config?: Record<string, unknown> };
  exec?: LoginPlugin | null;
};

type Cluster = { server?: unknown; 'proxy-url'?: unknown };

/** Masking a shorter one would make a riddle of every line: `1`, `prod`. */
const leastLength = 8;

/**
 * Every credential of a kubeconfig, as it is written and decoded. A text that is no kubeconfig has none: whoever opens
 * it says what is wrong with it.
 */
export function credentialsOf(kubeconfig: string): Credentials {
  const parsed = parsedOf(kubeconfig);
  const users = entriesOf<User>(parsed, 'users', 'user');
  const clusters = entriesOf<Cluster>(parsed, 'clusters', 'cluster');
  const secrets = users.flatMap((user) => {
    const { username, password } = user;
    const basic = isText(username) && isText(password) ? [base64(`${username}:${password}`)] : [];
    const written = [
      user.token,
      password,
      user['client-key-data'],
      ...Object.values(user['auth-provider']?.config ?? {}),
      ...pluginSecrets(user.exec ?? {}),
    ].filter(isText);
    return [...written.flatMap(formsOf), ...basic];
  });
  const files = users.flatMap((user) => [user.tokenFile, user['client-key']]).filter(isText);
  const inUrls = clusters.flatMap((cluster) => [cluster.server, cluster['proxy-url']].flatMap(urlSecrets));
  return { secrets: [...new Set([...secrets, ...inUrls])], files };
}

/**
 * A secret in the forms in which it may come up: as written, decoded where it is base64, and line by line, since a log
 * shows a key by its lines.
 */
export function formsOf(secret: string): string[] {
  const whole = secret.trim();
  const decoded = decodedText(whole);
  const texts = decoded === undefined ? [whole] : [whole, decoded.trim()];
  return texts.flatMap((text) => [text, ...linesOf(text)]).filter((text) => text.length >= leastLength);
}

/** The password in a URL, as written, as meant, and as it goes over the wire. */
function urlSecrets(url: unknown): string[] {
  if (!isText(url) || !URL.canParse(url)) return [];
  const { username, password } = new URL(url);
  if (password === '') return [];
  const [user, meant] = [username, password].map(decoded);
  return [...formsOf(password), ...formsOf(meant ?? ''), base64(`${user}:${meant}`)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.length === 1 ? [] : lines.filter((line) => !/^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(line));
}

function decodedText(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64');
  const isBase64 = bytes.length > 0 && bytes.toString('base64') === text.replace(/\s/g, '');
  const decoded = bytes.toString('utf8');
  return isBase64 && /^[\t\r\n\x20-\x7e]+$/.test(decoded) ? decoded : undefined;
}

function parsedOf(kubeconfig: string): unknown {
  try {
    return parse(kubeconfig);
  } catch {
    return undefined;
  }
}

function entriesOf<T>(parsed: unknown, list: string, key: string): T[] {
  const entries = (parsed as Record<string, unknown> | null | undefined)?.[list];
  if (!Array.isArray(entries)) return [];
  return (entries as (Record<string, T | null> | null)[]).flatMap((entry) => entry?.[key] ?? []);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A login plugin's part of a kubeconfig. */
type LoginPlugin = { args?: unknown; env?: unknown };

/**
 * What a login plugin is given that may be a secret: values of its flags and variables, and words on their own. Bare flags
 * are none, nor what a name such as `--region` says to be harmless.
 */
function pluginSecrets({ args, env }: LoginPlugin): string[] {
  return [...secretArguments(texts(args)), ...secretVariables(env)].filter(
    (word) => !harmlessWord.test(word),
  );
}

function secretArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const [flag = '', ...value] = arg.startsWith('-') ? arg.split('=') : [];
    if (flag !== '') return value.length === 0 || harmlessName.test(flag) ? [] : [value.join('=')];
    const before = args[index - 1] ?? '';
    const isHarmless = before.startsWith('-') && !before.includes('=') && harmlessName.test(before);
    return isHarmless ? [] : [arg];
  });
}

function secretVariables(env: unknown): string[] {
  if (!Array.isArray(env)) return [];
  return (env as ({ name?: unknown; value?: unknown } | null)[]).flatMap((entry) => {
    const isHarmless = typeof entry?.name === 'string' && harmlessName.test(entry.name);
    return isHarmless ? [] : texts([entry?.value]);
  });
}

function texts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}
