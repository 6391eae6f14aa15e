import { KafkaHaError, messageOf } from '@kafka-ha/errors';

/** GitHub's REST API for one repository, `owner/name`. */
export type GitHub = { apiUrl: string; repository: string; token: string };

export type GitHubCall = { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown };

const rights =
  'Give the job `permissions: pull-requests: write`, or `issues: write` for issues. A fork never has them.';

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
  const response = await answerOf(github, { method, what, url, body });
  return (await response.json()) as T;
}

export type GitHubRequest = { method: string; what: string; url: string; accept?: string; body?: unknown };

/** The answer to a call of any of GitHub's APIs, if it is a good one. */
export async function answerOf(github: GitHub, request: GitHubRequest): Promise<Response> {
  const { method, what, url, accept = 'application/vnd.github+json', body } = request;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept,
        authorization: `Bearer ${github.token}`,
        'user-agent': 'kafka-ha',
        'x-github-api-version': '2022-11-28',
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new KafkaHaError('github-failed', `GitHub does not answer to ${what}: ${reasonOf(cause)}.`);
  }
  if (response.ok) return response;
  const refused = response.status === 401 || response.status === 403 || response.status === 404;
  throw new KafkaHaError(
    refused ? 'forbidden' : 'github-failed',
    `GitHub answers ${response.status} to ${what}.`,
    refused ? { hint: rights } : {},
  );
}

/** fetch hides the reason, e.g. ECONNREFUSED, in its cause. */
function reasonOf(thrown: unknown): string {
  const cause = (thrown as { cause?: { code?: string } }).cause;
  return cause?.code ?? messageOf(thrown);
}
