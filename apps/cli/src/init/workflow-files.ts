import type { NewFile } from './write-new-files.ts';

/** What the workflows of a repository depend on. */
export type WorkflowTerms = {
  /** Where the actions are: `OWNER/kafka-ha@v1`. */
  actions: string;
  /** The cluster file, from the repository's root. */
  file: string;
  /** Workers of the throw-away Kubernetes; undefined where the file has no environment that fits there. */
  workers: number | undefined;
};

/** The workflows of a repository with a cluster file. docs/getting-started.md is written from them. */
export function workflowFiles(terms: WorkflowTerms): NewFile[] {
  const { workers } = terms;
  const texts = {
    'validate.yml': validate(terms),
    'plan.yml': plan(terms),
    'deploy.yml': deploy(terms),
    'health.yml': health(terms),
    ...(workers !== undefined && { 'failover.yml': failover(terms, workers) }),
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

/** The Kubernetes is kind's, which the action removes again, however the job ends. */
function failover(terms: WorkflowTerms, workers: number): string {
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
      - name: Say which nodes it takes
        run: |
          {
            echo '{ kind: Cluster, apiVersion: kind.x-k8s.io/v1alpha4, nodes: ['
            echo '  { role: control-plane }'
            for _ in $(seq ${workers}); do echo '  , { role: worker }'; done
            echo '] }'
          } > kind.yaml
      - uses: helm/kind-action@ef37e7f390d99f746eb8b610417061a60e82a6cc # v1.14.0
        with:
          config: kind.yaml
          wait: 180s
      - id: kubernetes
        name: Wait for the nodes
        run: |
          kubectl wait --for=condition=Ready nodes --all --timeout=180s
          echo "kubeconfig=$HOME/.kube/config" >> "$GITHUB_OUTPUT"
      - uses: ${use(terms, 'deploy')}
        with:
          environment: local
          comment: 'false' # what it does there is no news
        env:
          KUBECONFIG: \${{ steps.kubernetes.outputs.kubeconfig }}
      - uses: ${use(terms, 'failover-test')}
        with:
          environment: local
        env:
          KUBECONFIG: \${{ steps.kubernetes.outputs.kubeconfig }}
      - if: always()
        uses: actions/upload-artifact@v7
        with:
          name: drill-report
          path: drill-report
          if-no-files-found: ignore
`;
}
