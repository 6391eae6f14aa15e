import { KafkaHaError } from '@kafka-ha/base';
import { answerOf, type GitHub } from './github-api.ts';

type Answer = { data?: { viewer?: { login?: string } } };

/**
 * Whose the token is, as GitHub names the author of what is written with it: `github-actions[bot]` for a workflow's own.
 * REST does not tell that to such a token, GraphQL does.
 *
 * @throws as `callGitHub`.
 */
export async function ownLogin(github: GitHub): Promise<string> {
  const answer = await answerOf(github, {
    method: 'POST',
    what: 'viewer',
    url: graphqlUrl(github.apiUrl),
    body: { query: '{ viewer { login } }' },
  });
  const { data } = JSON.parse(answer) as Answer;
  const login = data?.viewer?.login;
  if (login !== undefined) return login;
  throw new KafkaHaError('github-failed', 'GitHub does not say who owns the token.');
}

/** Beside REST; on a server of one's own `/api/graphql` is beside `/api/v3`. */
function graphqlUrl(apiUrl: string): string {
  return `${apiUrl.replace(/\/v3$/, '')}/graphql`;
}
