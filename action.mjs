// The action of the repository's root: runs the one that its input `command` names, just as if that had been used.
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const commands = ['validate', 'plan', 'deploy', 'upgrade', 'scale', 'failover-test', 'health', 'migrate'];
const { INPUT_COMMAND: command = '' } = process.env;

if (commands.includes(command)) {
  const bundle = fileURLToPath(new URL(`apps/${command}/dist/index.cjs`, import.meta.url));
  // It looks beside itself for the programs that run inside a cluster.
  process.argv[1] = bundle;
  createRequire(import.meta.url)(bundle);
} else {
  console.log(`::error::The input command takes one of ${commands.join(', ')}.`);
  process.exitCode = 1;
}
