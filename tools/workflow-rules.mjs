// Refuses workflows that would bring a credential within reach of code that nobody has approved:
// `node tools/workflow-rules.mjs [FOLDER]`, the folder being that of a repository. A credential is a secret but GitHub's own
// token, an environment, or the right to an identity token.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';

/** Commands that change a running cluster, each with an action of its own. */
const changing = ['deploy', 'upgrade', 'migrate', 'scale'];

/** What runs the pull request's own workflow and code. */
const ofPullRequests = ['pull_request', 'pull_request_review', 'pull_request_review_comment', 'merge_group'];
/** What runs main's, because of something that anybody may have written. */
const becauseOfOthers = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion'];

/** What publishes a file that another job has packed installs nothing, and runs nothing of it. */
const publication = /\bnpm publish \.\/\S+\.tgz\b/g;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const broken = brokenRules(process.argv[2] ?? new URL('..', import.meta.url).pathname);
  for (const line of broken) console.log(line);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

/** One sentence for each. */
export function brokenRules(root) {
  const workflows = workflowsIn(root);
  return Object.entries(workflows).flatMap(([file, workflow]) => {
    const triggers = triggersOf(file, workflows);
    return Object.entries(workflow.jobs).flatMap(([name, job]) => {
      const runsFor = (events) => events.some((event) => event in triggers);
      return [
        ...(hasCredential(workflow, job)
          ? [
              ...(runsFor(ofPullRequests) ? ['holds a credential and runs on a pull request'] : []),
              ...refOfOthers(triggers, job),
              ...withoutPlan(job),
              ...usedBy(job).flatMap((uses) => unbuilt(root, uses)),
              ...stepsOf(job).flatMap(({ run = '' }) => packageRun(run)),
            ]
          : []),
        ...(runsFor(becauseOfOthers) ? stepsOf(job).flatMap(codeOfOthers) : []),
      ].map((what) => `.github/workflows/${file}: job ${name} ${what}`);
    });
  });
}

function workflowsIn(root) {
  const folder = join(root, '.github/workflows');
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  return Object.fromEntries(files.map((file) => [file, parse(readFileSync(join(folder, file), 'utf8'))]));
}

/** Its own, and those of the workflows that call it. */
function triggersOf(file, workflows, seen = []) {
  if (seen.includes(file)) return {};
  const callers = Object.entries(workflows).filter(([, { jobs }]) =>
    Object.values(jobs).some(({ uses = '' }) => normalize(uses) === `.github/workflows/${file}`),
  );
  return Object.assign(
    {},
    ...callers.map(([caller]) => triggersOf(caller, workflows, [...seen, file])),
    asMap(workflows[file].on),
  );
}

function asMap(on) {
  if (typeof on === 'string') return { [on]: {} };
  return Array.isArray(on) ? Object.fromEntries(on.map((event) => [event, {}])) : on;
}

function hasCredential({ env, permissions }, job) {
  const text = JSON.stringify([env, job]);
  return (
    job.environment !== undefined ||
    job.secrets !== undefined ||
    /\bsecrets\b(?!\.GITHUB_TOKEN\b)\s*[.[)]/.test(text) ||
    [job.permissions ?? permissions].some((given) => given === 'write-all' || given?.['id-token'] === 'write')
  );
}

/** A run by hand takes any branch, with its workflow, its file and its code; so does a push without a filter. */
function refOfOthers(triggers, job) {
  const pushed = triggers.push;
  const condition = String(job.if ?? '');
  const onlyMain = condition.includes("github.ref == 'refs/heads/main'") && !/\|\||!\(/.test(condition);
  const byHand = 'workflow_dispatch' in triggers && !onlyMain;
  const byPush = pushed !== undefined && JSON.stringify(pushed?.branches) !== '["main"]';
  return byHand || byPush
    ? ["holds a credential and is not for main alone: if: github.ref == 'refs/heads/main'"]
    : [];
}

/** What changes production does what was approved. */
function withoutPlan(job) {
  if (job.environment !== 'production') return [];
  return stepsOf(job)
    .filter(
      ({ uses = '', with: inputs = {} }) =>
        !inputs.plan &&
        (changing.some((command) => new RegExp(`/apps/${command}(@|$)`).test(uses)) ||
          // The repository's own action, which may also be told by an expression what it does.
          changing.includes(inputs.command) ||
          String(inputs.command).includes('${{')),
    )
    .map(({ uses }) => `runs ${uses} without the plan that was approved`);
}

/** Built bundles run beside a credential: actions by commit, or this repository's, which are one file each. */
function unbuilt(root, uses) {
  if (!uses.startsWith('./'))
    return /@[0-9a-f]{40}$/.test(uses) ? [] : [`holds a credential and runs ${uses}, which is no commit`];
  const file = ['action.yml', 'action.yaml'].map((name) => join(root, uses, name)).find(existsSync);
  if (file === undefined) return [`holds a credential and runs ${uses}, which is not there`];
  const { runs } = parse(readFileSync(file, 'utf8'));
  if (/^node/.test(runs.using)) return [];
  const nested = (runs.steps ?? []).flatMap(({ run = '', uses: inner }) => [
    ...packageRun(run),
    ...(inner === undefined ? [] : unbuilt(root, inner)),
  ]);
  return nested.map((what) => `${what} (in ${uses})`);
}

function packageRun(written) {
  const run = String(written).replaceAll(publication, '');
  const [command] = /\b(npm|npx|yarn|pnpm|pip|go (run|install)|nx|curl[^\n]*\|)\b/.exec(run) ?? [];
  return command === undefined ? [] : [`holds a credential and runs ${command}`];
}

/** The checkout without a ref is main's. */
function codeOfOthers({ uses = '', with: inputs = {}, run = '' }) {
  const checkout = uses.startsWith('actions/checkout@') && (inputs.ref ?? inputs.repository) !== undefined;
  const fetched = /\bgit (fetch|checkout|pull|clone|switch|merge)\b|\bgh (pr checkout|repo clone)\b/.test(
    run,
  );
  return checkout || fetched ? ['checks out what is not main'] : [];
}

function stepsOf({ steps = [] }) {
  return steps;
}

function usedBy(job) {
  return stepsOf(job).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
}
