import { HttpClient } from '@actions/http-client';
import { KafkaHaError, messageOf, systemClock } from '@kafka-ha/base';

/** GitHub's REST API for one repository, `owner/name`. */
export type GitHub = { apiUrl: string; repository: string; token: string };

export type GitHubCall = { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown };

const rights =
  'Give the job `permissions: pull-requests: write`, or `issues: write` for issues. Runs from a fork never have them.';

/** An answer comes in a second; a run that is being cancelled has two. */
const timeoutMs = 10_000;

/**
 * One call, JSON in and out. Not Octokit: it is ten packages, of which some no longer run on Node 20, for three calls.
 *
 * @throws KafkaHaError `forbidden` where the token may not, `github-failed` else.
 */
export async function callGitHub<T>(github: GitHub, { method, path, body }: GitHubCall): Promise<T> {
  const what = `${method} ${path}`;
  const url = `${github.apiUrl}/repos/${github.repository}${path}`;
  return JSON.parse(await answerOf(github, { method, what, url, body })) as T;
}

export type GitHubRequest = { method: string; what: string; url: string; accept?: string; body?: unknown };

/** The text of the answer to a call of any of GitHub's APIs, if it is a good one. */
export async function answerOf(github: GitHub, request: GitHubRequest): Promise<string> {
  const { status, text } = await send(github, request);
  if (status >= 200 && status < 300) return text;
  const refused = status === 401 || status === 403 || status === 404;
  throw new KafkaHaError(
    refused ? 'forbidden' : 'github-failed',
    `GitHub answers ${status} to ${request.what}.`,
    refused ? { hint: rights } : {},
  );
}

/**
 * By the client that GitHub's own actions use: it goes through the proxy of HTTPS_PROXY, but for what NO_PROXY names, on every
 * version of Node. fetch does so from Node 24 on, and only where a variable tells it to.
 */
async function send(
  { token }: GitHub,
  { method, what, url, accept = 'application/vnd.github+json', body }: GitHubRequest,
): Promise<{ status: number; text: string }> {
  const client = new HttpClient('kafka-ha', [], { allowRetries: false, socketTimeout: timeoutMs });
  const headers = {
    accept,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'x-github-api-version': '2022-11-28',
  };
  const answer = async () => {
    const response = await client.request(
      method,
      url,
      body === undefined ? null : JSON.stringify(body),
      headers,
    );
    return { status: response.message.statusCode ?? 0, text: await response.readBody() };
  };
  const over = new AbortController();
  const late = systemClock.sleep(timeoutMs, over.signal).then(() => {
    throw new Error(`no answer in ${timeoutMs / 1000} s`);
  });
  try {
    return await Promise.race([answer(), late]);
  } catch (cause) {
    throw new KafkaHaError(
      'github-failed',
      `GitHub does not answer the request to ${what}: ${reasonOf(cause)}.`,
    );
  } finally {
    over.abort();
    late.catch(() => undefined);
    client.dispose();
  }
}

/** E.g. ECONNREFUSED. */
function reasonOf(thrown: unknown): string {
  return (thrown as { code?: string }).code ?? messageOf(thrown);
}
