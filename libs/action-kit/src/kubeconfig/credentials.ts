import { parse } from 'yaml';

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
  exec?: { env?: { value?: unknown }[] };
};

/**
 * Every credential of a kubeconfig, as it is written and decoded. A text that is no kubeconfig has none: whoever opens
 * it says what is wrong with it.
 */
export function credentialsOf(kubeconfig: string): Credentials {
  const users = usersOf(kubeconfig);
  const secrets = users.flatMap((user) => {
    const { username, password } = user;
    const basic = isText(username) && isText(password) ? [base64(`${username}:${password}`)] : [];
    const written = [
      user.token,
      password,
      user['client-key-data'],
      ...Object.values(user['auth-provider']?.config ?? {}),
      ...(user.exec?.env ?? []).map(({ value }) => value),
    ].filter(isText);
    return [...written.flatMap(formsOf), ...basic];
  });
  const files = users.flatMap((user) => [user.tokenFile, user['client-key']]).filter(isText);
  return { secrets: [...new Set(secrets)], files };
}

/**
 * A secret in the forms in which it may come up: as written, decoded where it is base64, and line by line, since a log
 * shows a key by its lines.
 */
export function formsOf(secret: string): string[] {
  const whole = secret.trim();
  const decoded = decodedText(whole);
  const texts = decoded === undefined ? [whole] : [whole, decoded.trim()];
  return texts.flatMap((text) => [text, ...linesOf(text)]).filter((text) => text !== '');
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

function usersOf(kubeconfig: string): User[] {
  let parsed: unknown;
  try {
    parsed = parse(kubeconfig);
  } catch {
    return [];
  }
  const users = (parsed as { users?: unknown } | null)?.users;
  if (!Array.isArray(users)) return [];
  return users.flatMap((entry: { user?: User } | null) => (entry?.user ? [entry.user] : []));
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
