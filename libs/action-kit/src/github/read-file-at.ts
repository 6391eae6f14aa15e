import { answerOf, type GitHub } from './github-api.ts';

/**
 * A file of the repository as it stands at a commit, also one of a pull request from a fork.
 *
 * @throws as `callGitHub`.
 */
export async function readFileAt(github: GitHub, file: string, commit: string): Promise<string> {
  const path = `/contents/${file.split('/').map(encodeURIComponent).join('/')}?ref=${encodeURIComponent(commit)}`;
  return await answerOf(github, {
    method: 'GET',
    what: `GET ${path}`,
    url: `${github.apiUrl}/repos/${github.repository}${path}`,
    accept: 'application/vnd.github.raw+json',
  });
}
