// The test command: the real-cluster tests on a cluster of their own with every check and unit test beside them, then alone every
// unit test that has not passed. With `--all` also the long ones, `*.long.e2e.ts`; with `--long` these alone, without the checks; with
// `--unit` none that needs a cluster.
// Ends with one line, `N passed, N failed`, that counts each test and each check.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fetchPrometheus } from './programs.mjs';

const root = new URL('..', import.meta.url).pathname;
const cluster = `test-${process.pid}`;
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', CI: 'true' };
// The page of a drill is looked at in a real browser.
const installChromium =
  'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation > /dev/null';
const only = { unit: process.argv.includes('--unit'), long: process.argv.includes('--long') };
if (process.argv.includes('--all')) env.KAFKA_HA_TESTS = 'all';
if (only.long) env.KAFKA_HA_TESTS = 'long';
// Upgrades begin with the oldest of these, and Kafka 4 has no ZooKeeper. The long tests upgrade within Kafka 4, too.
const kafkaImages = env.KAFKA_HA_TESTS === undefined ? '3.8.1,3.9.2,4.4.0' : '3.8.1,3.9.2,4.2.2,4.4.0';
const images = ['--kafka', kafkaImages, '--zookeeper', '3.8.6,3.9.5'];
// A playbook of the documentation is run by the real program.
const installAnsible =
  'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ansible-core > /dev/null';
const tally = { passed: 0, failed: 0 };
const failures = [];
const started = performance.now();

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
const running = new Set();
let stopped = false;

await removeOldResults();
const [isUp] = await Promise.all([only.unit || startCluster(), makeBundles()]);
// A real cluster waits for timers of its protocols most of the time. What only reads the sources has that time, and then the unit
// tests: those that pass are done, and those that a busy machine fails run again, alone.
await Promise.all([
  only.long || checkSources().then(() => only.unit || runUnitTests('beside')),
  only.unit || testOnRealCluster(isUp),
]);
if (!only.long) await runUnitTests('alone');
await showSlowest();

for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`took ${Math.round((performance.now() - started) / 1000)} s`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function checkSources() {
  const read = (name, command, ...args) => check(name, command, args, { beside: true });
  await read('formatting', 'npx', 'prettier', '--check', '--log-level=warn', '.');
  await read('project references', 'npx', 'nx', 'sync:check');
  await read('types', 'npx', 'nx', 'run-many', '-t', 'typecheck', '--output-style=static');
  await read('workflows and actions', 'node', 'tools/check-workflows.mjs');
  await read('generated documentation', 'npx', 'tsx', 'tools/write-docs.mjs', '--check');
  await read('classes of the Java client', 'node', 'libs/workload/scripts/write-jar.mjs', '--check');
  await read('links', 'node', 'tools/check-links.mjs');
  await read('list of long tests', 'node', 'tools/check-long-tests.mjs');
  await read('circles of files', 'node', 'tools/check-circles.mjs');
  // One ESLint for all: each that is started anew loads the types of what it imports again.
  await read('lint and module boundaries', 'npx', 'eslint', '--max-warnings', '0', '.');
}

async function makeBundles() {
  const bundles = ['nx', 'run-many', '-t', 'bundle', '--output-style=static'];
  return await check('bundles of the actions and of the command-line tool', 'npx', bundles, { beside: true });
}

/** After the browser: both may install packages of Debian, and one waits for the other. */
async function startCluster() {
  // Where there is no Debian, and no ansible-playbook on the path, its test says that it is skipped.
  if (env.KAFKA_HA_TESTS !== undefined && !existsSync('/usr/bin/ansible-playbook'))
    await run('sh', ['-c', `command -v ansible-playbook > /dev/null || { ${installAnsible}; }`], {});
  if (env.KAFKA_HA_TESTS !== undefined) await tryPrometheus();
  if (!existsSync('/usr/bin/chromium')) await check('install a browser', 'sh', ['-c', installChromium]);
  return await check('a local cluster starts', 'npx', [
    'kafka-ha',
    'local',
    'up',
    '--name',
    cluster,
    ...images,
  ]);
}

/** What Nx has in its cache is not run again: a test that has passed beside the cluster, of the same sources. */
async function runUnitTests(when) {
  await tryPrometheus();
  const tests = ['nx', 'run-many', '-t', 'test', '--output-style=static'];
  if (when === 'alone') await check('unit tests', 'npx', tests, { counts: 'unit' });
  else if (!stopped) await run('npx', [...tests, '--parallel=1'], { beside: true });
}

/** Where there is no Debian, and no promtool on the path, the tests of alerts say that they are skipped. */
async function tryPrometheus() {
  await fetchPrometheus().catch(() => undefined);
}

async function testOnRealCluster(isUp) {
  if (isUp) {
    const { kubeconfigPath } = JSON.parse(
      await output('npx', ['kafka-ha', 'local', 'status', '--name', cluster, '--json']),
    );
    // One project at a time: a cluster under load leaves no processor to others.
    await check(
      'real-cluster tests',
      'npx',
      ['nx', 'run-many', '-t', 'e2e', '--parallel=1', '--output-style=stream'],
      {
        counts: 'e2e',
        env: { KAFKA_HA_E2E_KUBECONFIG: kubeconfigPath, KAFKA_HA_E2E_CLUSTER: cluster },
      },
    );
  }
  await check('the local cluster stops', 'npx', ['kafka-ha', 'local', 'down', '--name', cluster], {
    always: true,
  });
}

/**
 * Runs one command and counts it or, with `counts`, the tests that it left in its result files. One that runs `beside` another gets
 * what processor time that one leaves, and what it has to say is printed when it ends.
 */
async function check(name, command, args, options = {}) {
  if (stopped && !options.always) return false;
  if (!options.beside) console.log(`\n── ${name}`);
  const began = performance.now();
  const { code, said } = await run(command, args, options);
  if (options.beside) console.log(`\n── ${name}\n${said}`);
  const results =
    options.counts === undefined ? { passed: 0, failed: 0 } : await countResults(options.counts);
  tally.passed += results.passed;
  tally.failed += results.failed;
  // A command that failed without a failed test (it did not even load) still counts as one failure.
  if (code !== 0 && results.failed === 0) tally.failed += 1;
  if (code === 0 && options.counts === undefined) tally.passed += 1;
  if (code !== 0) failures.push(name);
  console.log(
    `── ${name}: ${code === 0 ? 'ok' : `failed with ${code}`} (${Math.round((performance.now() - began) / 1000)} s)`,
  );
  return code === 0;
}

function run(command, args, { env: extraEnv = {}, beside = false }) {
  return new Promise((resolve) => {
    const output = beside ? 'pipe' : 'inherit';
    const [program, ...rest] = [...(beside ? ['nice', '-n', '19'] : []), command, ...args];
    const child = spawn(program, rest, {
      cwd: root,
      env: { ...env, ...extraEnv },
      stdio: ['ignore', output, output],
    });
    running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    child.on('error', (error) => resolve({ code: 127, said: String(error) }));
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? `signal ${signal}`, said });
    });
  });
}

function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('exit', () => resolve(text));
  });
}

async function countResults(kind) {
  const counted = { passed: 0, failed: 0 };
  for (const file of await resultFiles(kind)) {
    const results = JSON.parse(await readFile(file, 'utf8'));
    counted.passed += results.numPassedTests;
    counted.failed += results.numFailedTests;
    // A test file that does not load has no test that could fail.
    counted.failed += results.testResults.filter(
      (result) => result.status === 'failed' && result.assertionResults.length === 0,
    ).length;
  }
  return counted;
}

/** Where the time went: the ten slowest test files. */
async function showSlowest() {
  const took = [];
  for (const kind of ['unit', 'e2e'])
    for (const file of await resultFiles(kind))
      for (const { name, startTime, endTime } of JSON.parse(await readFile(file, 'utf8')).testResults)
        took.push({ name: name.slice(root.length), seconds: Math.round((endTime - startTime) / 1000) });
  took.sort((a, b) => b.seconds - a.seconds);
  for (const { name, seconds } of took.slice(0, 10)) console.log(`${String(seconds).padStart(5)} s ${name}`);
}

async function resultFiles(kind) {
  const files = [];
  for (const base of ['apps', 'libs'])
    for (const project of await readdir(join(root, base))) {
      const file = join(root, base, project, 'test-results', `${kind}.json`);
      if (
        await readFile(file).then(
          () => true,
          () => false,
        )
      )
        files.push(file);
    }
  return files;
}

async function removeOldResults() {
  for (const kind of ['unit', 'e2e']) for (const file of await resultFiles(kind)) await rm(file);
}

/** Passes the signal on; what is left is skipped, but the cluster is taken down before the process ends. */
function stop(signal) {
  stopped = true;
  for (const child of running) child.kill(signal);
}
