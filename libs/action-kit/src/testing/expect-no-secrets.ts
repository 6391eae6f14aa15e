import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { fakeGitHub } from './fake-github.ts';
import { markedCluster } from './marked-kubeconfig.ts';
import { runBundle } from './run-bundle.ts';

const token = 'marked-github-token-0123';

/** As an input or as the file of KUBECONFIG; with each kind of refusal, with each credential that is sent. */
const cases = [
  { status: 401, context: 'main', fromFile: false },
  { status: 403, context: 'main', fromFile: true },
  { status: 500, context: 'by-password', fromFile: false },
  { status: 404, context: 'by-password', fromFile: true },
  { status: 400, context: 'nowhere', fromFile: false },
  { status: 403, context: 'by-plugin', fromFile: false },
];

/**
 * Runs an action in verbose mode against an API server that tells in its refusals what it was sent, and looks through
 * all that comes out: log as GitHub shows it, summary, outputs, comments.
 */
export async function expectNoSecrets(app: string, inputs: Record<string, string> = {}): Promise<void> {
  // Together: each waits for its retries most of the time.
  const all = await Promise.all(cases.map((each) => everythingShown(app, each, inputs)));
  for (const shown of all) {
    expect(shown.text).toContain('failed');
    for (const secret of shown.secrets) expect(shown.text).not.toContain(secret);
  }
}

async function everythingShown(
  app: string,
  { status, context, fromFile }: (typeof cases)[number],
  inputs: Record<string, string>,
) {
  await using cluster = await markedCluster(status);
  await using github = await fakeGitHub({ token });
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
  try {
    const file = join(folder, 'kubeconfig');
    await writeFile(file, cluster.kubeconfig);
    const { log, outputs, summary } = await runBundle(app, {
      inputs: {
        ...inputs,
        context,
        'github-token': token,
        environment: 'local',
        ...(fromFile ? {} : { kubeconfig: cluster.kubeconfig }),
      },
      event: { pull_request: { number: 5 } },
      env: { GITHUB_API_URL: github.url, RUNNER_DEBUG: '1', ...(fromFile ? { KUBECONFIG: file } : {}) },
    });
    expect(github.comments).toHaveLength(1);
    const said = github.calls.map(({ path, body }) => JSON.stringify({ path, body }));
    return {
      text: [asGitHubShows(log), summary, JSON.stringify(outputs), ...said].join('\n'),
      secrets: [...cluster.secrets, token],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The runner does not show the commands that name a secret, and masks it from there on. */
export function asGitHubShows(log: string): string {
  const masked: string[] = [];
  return log
    .split('\n')
    .map((line) => {
      const [, secret] = /^::add-mask::(.*)$/.exec(line) ?? [];
      if (secret === undefined) return masked.reduce((text, known) => text.replaceAll(known, '***'), line);
      masked.push(decodeURIComponent(secret));
      return '';
    })
    .join('\n');
}
