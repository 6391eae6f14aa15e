// Runs the jobs of a folder's .gitlab-ci.yml on this machine with gitlab-ci-local, in a shell instead of their image:
// `node tools/gitlab.mjs --variable NAME=VALUE …`.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { gitlabCiLocal } from './programs.mjs';

const child = spawn(
  process.execPath,
  [await gitlabCiLocal(), '--force-shell-executor', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => (process.exitCode = code ?? (signal === null ? 1 : 130)));
