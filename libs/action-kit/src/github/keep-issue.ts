import { callGitHub, type GitHub } from './github-api.ts';
import { ownLogin } from './own-login.ts';

export type StandingIssue = {
  /** What it is about, one issue for each, e.g. `health of cluster.yaml production`. */
  subject: string;
  title: string;
  /** What is wrong now; undefined when nothing is. */
  wrong: string | undefined;
};

type Issue = {
  number: number;
  body?: string | null;
  pull_request?: unknown;
  user?: { login: string } | null;
};

const label = 'kafka-ha';
const pageSize = 100;

/**
 * Keeps the one issue that says what is wrong: opens it, brings it up to date, closes it when all is well. One that
 * somebody else has written is never taken for it.
 *
 * @throws what `callGitHub` throws.
 */
export async function keepIssue(
  github: GitHub,
  { subject, title, wrong }: StandingIssue,
): Promise<'opened' | 'updated' | 'closed' | 'none'> {
  const marker = `<!-- kafka-ha:issue ${encodeURIComponent(subject).replaceAll('-', '%2D')} -->`;
  const existing = await findOpen(github, marker);
  if (existing === undefined) {
    if (wrong === undefined) return 'none';
    const body = { title, body: `${marker}\n\n${wrong}`, labels: [label] };
    await callGitHub(github, { method: 'POST', path: '/issues', body });
    return 'opened';
  }
  const changes =
    wrong === undefined
      ? { state: 'closed', state_reason: 'completed' }
      : { title, body: `${marker}\n\n${wrong}` };
  await callGitHub(github, { method: 'PATCH', path: `/issues/${existing.number}`, body: changes });
  return wrong === undefined ? 'closed' : 'updated';
}

async function findOpen(github: GitHub, marker: string): Promise<Issue | undefined> {
  let login: string | undefined;
  for (let page = 1; ; page++) {
    const issues = await callGitHub<Issue[]>(github, {
      method: 'GET',
      path: `/issues?state=open&labels=${label}&per_page=${pageSize}&page=${page}`,
    });
    const marked = issues.filter(
      ({ body, pull_request }) => pull_request === undefined && body?.startsWith(marker),
    );
    if (marked.length > 0) login ??= await ownLogin(github);
    const found = marked.find(({ user }) => user?.login === login);
    if (found !== undefined || issues.length < pageSize) return found;
  }
}
