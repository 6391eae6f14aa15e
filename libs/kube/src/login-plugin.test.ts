import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openLogin, type LoginOptions, type LoginPlugin } from './login-plugin.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'login-'));

describe('login plugin', () => {
  afterAll(() => rmSync(folder, { recursive: true }));
  let scripts = 0;

  function aLogin(script: string, plugin: LoginPlugin = {}, options: Partial<LoginOptions> = {}) {
    const ran = path.join(folder, `ran-${++scripts}`);
    const args = ['-c', `echo x >> ${ran}; ${script}`];
    const login = openLogin({ command: 'sh', args, ...plugin }, { context: 'test', cluster: {}, ...options });
    const runs = () => readFileSync(ran, 'utf8').trim().split('\n').length;
    return { ...login, runs };
  }

  function handsOut(status: Record<string, unknown>): string {
    return `echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`;
  }

  test('all who ask at once share one run, and later ones what it handed out', async () => {
    const secrets: string[] = [];
    const onSecret = (secret: string) => void secrets.push(secret);
    const login = aLogin(`sleep 0.2; ${handsOut({ token: 'marked-token' })}`, {}, { onSecret });
    const answers = await Promise.all([login.credential(), login.credential(), login.credential()]);
    expect(answers.map(({ token }) => token)).toEqual(Array(3).fill('marked-token'));
    await login.credential();
    expect(login.runs()).toBe(1);
    expect(secrets).toEqual(['marked-token']);
  });

  test('what has expired is had again', async () => {
    const login = aLogin(handsOut({ token: 'a', expirationTimestamp: '2020-01-01T00:00:00Z' }));
    await login.credential();
    await login.credential();
    expect(login.runs()).toBe(2);
  });

  test('what the plugin says is passed on while it runs, and told where it does not answer', async () => {
    const words: string[] = [];
    const onWords = (text: string) => void words.push(text);
    const login = aLogin(
      'echo open https://login.example >&2; exec sleep 30',
      {},
      { onWords, withinMs: 300 },
    );
    await expect(login.credential()).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'Cannot get credentials for context "test": the login plugin sh did not answer in 0.3 s: open https://login.example.',
    });
    expect(words.join('')).toBe('open https://login.example\n');
  });

  test('one that is stopped ends at once, and its plugin with it', async () => {
    const pidFile = path.join(folder, 'pid');
    const controller = new AbortController();
    const asking = aLogin(`echo $$ > ${pidFile}; exec sleep 30`).credential(controller.signal);
    await delay(300);
    controller.abort();
    await expect(asking).rejects.toMatchObject({ code: 'aborted' });
    await delay(100);
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
  });

  test('one who is stopped leaves the plugin to the others', async () => {
    const controller = new AbortController();
    const login = aLogin(`sleep 0.3; ${handsOut({ token: 'a' })}`);
    const stopped = login.credential(controller.signal);
    const other = login.credential();
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(await other).toEqual({ token: 'a' });
  });

  test.each([
    ['echo no such user >&2; exit 1', {}, 'the login plugin sh failed: no such user'],
    ['echo nonsense', {}, 'the login plugin sh returned no credentials'],
    [
      '',
      { command: '/no/such/program' },
      'the login plugin cannot be started: spawn /no/such/program ENOENT',
    ],
  ])('a plugin that fails (%p) is told with its words', async (script, plugin, said) => {
    await expect(aLogin(script, plugin).credential()).rejects.toMatchObject({
      code: 'forbidden',
      message: `Cannot get credentials for context "test": ${said}.`,
    });
  });

  test.each([
    [true, { cluster: { server: 'https://kube' }, interactive: false }],
    [false, { interactive: false }],
  ])('a plugin learns of the cluster where it asks for that: %p', async (provideClusterInfo, spec) => {
    const plugin = { provideClusterInfo, interactiveMode: 'Never', apiVersion: 'v1', env: null } as const;
    const login = aLogin(
      `printf '{"status":{"token":"%s"}}' "$(printf %s "$KUBERNETES_EXEC_INFO" | base64 -w 0)"`,
      plugin,
      { cluster: { server: 'https://kube' } },
    );
    const { token = '' } = await login.credential();
    const info: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    expect(info).toEqual({ apiVersion: 'v1', kind: 'ExecCredential', spec });
  });
});
