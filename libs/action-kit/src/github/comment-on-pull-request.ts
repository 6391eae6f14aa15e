import { callGitHub, type GitHub } from './github-api.ts';
import { ownLogin } from './own-login.ts';
import { isCommentOf, withSection } from './comment-sections.ts';

export type PullRequestComment = {
  pullRequest: number;
  /** One comment for each, e.g. `cluster.yaml local`. */
  cluster: string;
  /** What the action of that name says now; what it said before goes, what others said stays. */
  section: { name: string; markdown: string };
};

type Comment = { id: number; body?: string | null; user?: { login: string } | null };

const pageSize = 100;

/**
 * Says something in the one comment that a cluster has on a pull request. One that somebody else has written is never
 * taken for it: its author could change afterwards what is said there.
 *
 * @throws what `callGitHub` throws.
 */
export async function commentOnPullRequest(github: GitHub, comment: PullRequestComment): Promise<void> {
  const { pullRequest, cluster, section } = comment;
  const path = `/issues/${pullRequest}/comments`;
  const existing = await findComment(github, path, cluster);
  const body = withSection(cluster, existing?.body ?? '', section);
  if (existing === undefined) await callGitHub(github, { method: 'POST', path, body: { body } });
  else
    await callGitHub(github, {
      method: 'PATCH',
      path: `/issues/comments/${existing.id}`,
      body: { body },
    });
}

async function findComment(github: GitHub, path: string, cluster: string): Promise<Comment | undefined> {
  let login: string | undefined;
  for (let page = 1; ; page++) {
    const comments = await callGitHub<Comment[]>(github, {
      method: 'GET',
      path: `${path}?per_page=${pageSize}&page=${page}`,
    });
    const marked = comments.filter(({ body }) => isCommentOf(cluster, body));
    if (marked.length > 0) login ??= await ownLogin(github);
    const found = marked.find(({ user }) => user?.login === login);
    if (found !== undefined || comments.length < pageSize) return found;
  }
}
