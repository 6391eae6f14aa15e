import type { NewFile } from './write-new-files.ts';

/** What the workflows of a repository depend on. */
export type WorkflowTerms = {
  /** Where the actions are: `OWNER/kafka-ha@v1`. */
  actions: string;
  /** The cluster file, from the repository's root. */
  file: string;
  /** Whether the file has an environment `local`, which fits on a runner. */
  fitsRunner: boolean;
};

/** The workflows of a repository with a cluster file. docs/getting-started.md is written from them. */
export function workflowFiles(terms: WorkflowTerms): NewFile[] {
  const texts = {
    'validate.yml': validate(terms),
    'plan.yml': plan(terms),
    'deploy.yml': deploy(terms),
    'health.yml': health(terms),
    ...(terms.fitsRunner && { 'failover.yml': failover(terms) }),
  };
  return Object.entries(texts).map(([name, text]) => ({ path: `.github/workflows/${name}`, text }));
}

function use({ actions }: WorkflowTerms, action: string): string {
  const [repository, version] = actions.split('@');
  return `${repository}/apps/${action}@${version}`;
}

function validate(terms: WorkflowTerms): string {
  return `name: validate
on: pull_request
permissions: {}
jobs:
  validate:
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check out
      pull-requests: write # to comment
    steps:
      - uses: actions/checkout@v7
      - uses: ${use(terms, 'validate')}
`;
}

function plan(terms: WorkflowTerms): string {
  return `name: plan
on:
  pull_request_target:
    branches: [main]
    paths: [${terms.file}]
permissions: {}
jobs:
  plan:
    if: \${{ !github.event.pull_request.head.repo.fork }}
    runs-on: ubuntu-latest
    environment: production-watch
    permissions:
      contents: read # to read the pull request's cluster file
      pull-requests: write # to comment
    steps:
      - uses: ${use(terms, 'plan')}
        with:
          kubeconfig: \${{ secrets.KUBECONFIG }}
          commit: \${{ github.event.pull_request.head.sha }}
`;
}

function deploy(terms: WorkflowTerms): string {
  return `name: deploy
on:
  push:
    branches: [main]
    paths: [${terms.file}]
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-latest
    environment: production-watch
    permissions:
      contents: read # to check out
    steps:
      - uses: actions/checkout@v7
      - uses: ${use(terms, 'plan')}
        with:
          kubeconfig: \${{ secrets.KUBECONFIG }}
          write-to: plan.json
      - uses: actions/upload-artifact@v7
        with:
          name: plan
          path: plan.json
  deploy:
    needs: plan
    runs-on: ubuntu-latest
    environment: production
    permissions:
      contents: read # to check out
    concurrency:
      group: kafka-production # one operation at a time
      cancel-in-progress: false # and none cut off in the middle
    steps:
      - uses: actions/checkout@v7
      - uses: actions/download-artifact@v8
        with:
          name: plan
      - uses: ${use(terms, 'deploy')}
        with:
          kubeconfig: \${{ secrets.KUBECONFIG }}
          plan: plan.json
`;
}

function health(terms: WorkflowTerms): string {
  return `name: health
on:
  schedule:
    - cron: '17 * * * *'
permissions: {}
jobs:
  health:
    runs-on: ubuntu-latest
    environment: production-health
    permissions:
      contents: read # to check out
      issues: write # to keep the issue
    steps:
      - uses: actions/checkout@v7
      - uses: ${use(terms, 'health')}
        with:
          kubeconfig: \${{ secrets.KUBECONFIG }}
          issue: 'true'
`;
}

function failover(terms: WorkflowTerms): string {
  return `name: failover
on: pull_request
permissions: {}
jobs:
  failover:
    runs-on: ubuntu-latest
    timeout-minutes: 40
    permissions:
      contents: read # to check out
      pull-requests: write # to comment
    concurrency:
      group: failover-\${{ github.ref }}
      cancel-in-progress: true
    steps:
      - uses: actions/checkout@v7
      - uses: ${use(terms, 'local-cluster')} # a Kubernetes that is gone when the job ends
        with:
          environment: local
      - uses: ${use(terms, 'deploy')}
        with:
          environment: local
          comment: 'false' # what it does there is no news
      - uses: ${use(terms, 'failover-test')}
        with:
          environment: local
      - if: always()
        uses: actions/upload-artifact@v7
        with:
          name: drill-report
          path: drill-report
          if-no-files-found: ignore
`;
}
