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
child.on('exit', (code) => (process.exitCode = code ?? 1));
