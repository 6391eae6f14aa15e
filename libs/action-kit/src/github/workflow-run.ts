import { readFileSync } from 'node:fs';
import type { GitHub } from './github-api.ts';

/** What the runner tells of the run that an action is part of. Outside GitHub Actions most of it is missing. */
export type WorkflowRun = {
  /** `owner/name` */
  repository: string | undefined;
  apiUrl: string;
  /** The pull request that the run is for, else undefined. */
  pullRequest: number | undefined;
  /** Who holds the cluster's lock, for whoever meets it: the page of the run. */
  holder: string;
};

export function readWorkflowRun(environment: NodeJS.ProcessEnv): WorkflowRun {
  const {
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: runId,
    GITHUB_SERVER_URL: serverUrl = 'https://github.com',
    GITHUB_API_URL: apiUrl = 'https://api.github.com',
    GITHUB_EVENT_PATH: eventPath,
  } = environment;
  return {
    repository,
    apiUrl,
    pullRequest: pullRequestOf(eventPath),
    holder:
      repository === undefined || runId === undefined
        ? 'an action outside GitHub'
        : `${serverUrl}/${repository}/actions/runs/${runId}`,
  };
}

/** The API of the repository that the run belongs to; undefined without a token, or outside GitHub. */
export function gitHubOf({ apiUrl, repository }: WorkflowRun, token: string | undefined): GitHub | undefined {
  return repository === undefined || token === undefined ? undefined : { apiUrl, repository, token };
}

function pullRequestOf(eventPath: string | undefined): number | undefined {
  if (eventPath === undefined || eventPath === '') return undefined;
  const event = JSON.parse(readFileSync(eventPath, 'utf8')) as { pull_request?: { number?: number } };
  return event.pull_request?.number;
}
