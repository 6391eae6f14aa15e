import { spawn } from 'node:child_process';
import { abortedError, KafkaHaError, systemClock } from '@kafka-ha/base';

/** A user's `exec` in a kubeconfig. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export type LoginPlugin = {
  apiVersion?: string;
  command?: string;
  args?: readonly string[] | null;
  env?: readonly { name: string; value: string }[] | null;
  provideClusterInfo?: boolean;
  interactiveMode?: 'Never' | 'IfAvailable' | 'Always';
};

/** What a plugin hands out; `expirationTimestamp` is absent where it is good for the process's life. */
export type Credential = {
  token?: string;
  clientCertificateData?: string;
  clientKeyData?: string;
  expirationTimestamp?: string;
};

export type Login = {
  /**
   * The plugin's credential, had once for all who ask until it expires.
   *
   * @throws KafkaHaError `forbidden` with the plugin's words where it fails or does not answer in time, `aborted`.
   */
  credential(signal?: AbortSignal): Promise<Credential>;
};

export type LoginOptions = {
  /** For messages: the kubeconfig's context. */
  context: string;
  /** What a plugin is told that asks for it, as `spec.cluster` of an ExecCredential. */
  cluster: Record<string, unknown>;
  /** Gets what the plugin says to people while it runs, such as where to log in. */
  onWords?: (text: string) => void;
  /** Gets each secret that it hands out, before anything is sent with it. */
  onSecret?: (secret: string) => void;
  /** How long a person may take to log in, in milliseconds. */
  withinMs?: number;
};

type Run = { result: Promise<Credential>; stop: () => void; waiting: number };

/** A login is a matter of seconds, or of a person at a browser. */
const usualWithinMs = 60_000;
/** A token that ends while it is on its way is none. */
const marginMs = 5_000;

export function openLogin(plugin: LoginPlugin, options: LoginOptions): Login {
  let known: Credential | undefined;
  let running: Run | undefined;

  function start(): Run {
    const { result, stop } = runPlugin(plugin, options);
    const run: Run = { result, stop, waiting: 0 };
    const ended = () => {
      if (running === run) running = undefined;
    };
    result
      .then(
        (credential) => (known = credential),
        () => undefined,
      )
      .finally(ended)
      .catch(() => undefined);
    return run;
  }

  async function credential(signal?: AbortSignal): Promise<Credential> {
    if (known !== undefined && isFresh(known)) return known;
    const run = (running ??= start());
    run.waiting++;
    try {
      return await orAborted(run.result, signal);
    } finally {
      run.waiting--;
      if (run.waiting === 0) run.stop();
    }
  }

  return { credential };
}

function isFresh({ expirationTimestamp }: Credential): boolean {
  return expirationTimestamp === undefined || Date.parse(expirationTimestamp) > Date.now() + marginMs;
}

async function orAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return result;
  if (signal.aborted) throw abortedError(signal);
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(abortedError(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function runPlugin(plugin: LoginPlugin, options: LoginOptions): Pick<Run, 'result' | 'stop'> {
  const {
    context,
    onWords = () => undefined,
    onSecret = () => undefined,
    withinMs = usualWithinMs,
  } = options;
  const { command = '', args, env } = plugin;
  const failed = (why: string) =>
    new KafkaHaError('forbidden', `Cannot get credentials for context "${context}": ${why}.`, {
      hint: 'Log in again, or check the user of that context in the kubeconfig.',
    });
  const interactive = plugin.interactiveMode !== 'Never' && process.stdin.isTTY === true;
  const child = spawn(command, [...(args ?? [])], {
    env: {
      ...process.env,
      ...Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(plugin, options.cluster, interactive)),
    },
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
  });
  const ended = new AbortController();
  const stop = () => void child.kill('SIGKILL');
  const said = { out: '', words: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.words += text;
    onWords(text);
  });
  const result = new Promise<Credential>((resolve, reject) => {
    const fail = (why: string) => reject(failed(why));
    child.on('error', ({ message }) => fail(`the login plugin cannot be started: ${message}`));
    child.on('close', (code) => {
      if (code !== 0) return fail(`the login plugin ${command} failed${wordsOf(said.words)}`);
      const credential = credentialOf(said.out);
      if (credential === undefined) return fail(`the login plugin ${command} returned no credentials`);
      for (const secret of [credential.token, credential.clientKeyData]) if (secret) onSecret(secret);
      resolve(credential);
    });
    systemClock.sleep(withinMs, ended.signal).then(
      () => {
        fail(`the login plugin ${command} did not answer in ${withinMs / 1000} s${wordsOf(said.words)}`);
        stop();
      },
      () => undefined,
    );
  }).finally(() => ended.abort());
  result.catch(() => undefined);
  return { result, stop };
}

function execInfo(plugin: LoginPlugin, cluster: Record<string, unknown>, interactive: boolean): unknown {
  const spec = { ...(plugin.provideClusterInfo && { cluster }), interactive };
  return { apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec };
}

/** Its last words tell what is wrong. */
function wordsOf(words: string): string {
  const line = words.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  return line === '' ? '' : `: ${line.slice(-500)}`;
}

function credentialOf(text: string): Credential | undefined {
  try {
    return (JSON.parse(text) as { status?: Credential }).status ?? undefined;
  } catch {
    return undefined;
  }
}
