import { join } from 'node:path';
import { count } from '@kafka-ha/base';
import { placeholder } from '@kafka-ha/config/values';
import { colorsOf } from '../output/colors.ts';
import type { Answers } from './answers.ts';
import type { NewFile } from './write-new-files.ts';

/** What was written, and what to do next. */
export function printNext(
  folder: string,
  { name, brokers, tolerance, actions }: Answers,
  files: readonly NewFile[],
  stream: NodeJS.WriteStream,
): void {
  const { bold, dim, green } = colorsOf(stream);
  const [clusterFile, ...workflows] = files.map(({ path }) => join(folder, path));
  const target = folder === '.' ? '' : ` --file ${clusterFile}`;
  // gh takes the repository of the folder that it is in.
  const setSecret = (environment: string) => {
    const set = `gh secret set KUBECONFIG --env ${environment}`;
    return folder === '.' ? set : `(cd ${folder} && ${set})`;
  };
  const isGated = workflows.some((path) => path.endsWith('failover.yml'));
  const promise = `any ${tolerance} of its ${brokers} brokers may be lost at once`;
  const steps = [
    ...(actions === placeholder
      ? [
          `Replace OWNER in ${workflows.length === 0 ? 'it' : 'them'} by the owner of the kafka-ha repository that you use, or begin again with --actions`,
        ]
      : []),
    `npx kafka-ha validate${target} ${dim('# the proof, and what it costs')}`,
    `npx kafka-ha render --admin${target} | kubectl apply -f - ${dim('# by an admin, once')}`,
    ...(workflows.length === 0
      ? [`npx kafka-ha deploy${target} ${dim('# to the current context of your kubeconfig')}`]
      : [
          `On GitHub, make the environments production, production-watch and production-health, for main only: docs/getting-started.md, "The account"`,
          `npx kafka-ha kubeconfig${target} --expires 90d | ${setSecret('production')} ${dim('# the same for production-watch')}`,
          `npx kafka-ha kubeconfig${target} --read-only --expires never | ${setSecret('production-health')}`,
          'Commit the files on a branch, and open a pull request: merged and approved, it is deployed',
        ]),
  ];
  const lines = [
    `${green('✓')} ${count(files.length, 'file')} written: ${bold(name)} keeps its promise, ${promise}`,
    ...[clusterFile, ...workflows].map((path) => `  ${path}`),
    ...(isGated || workflows.length === 0
      ? []
      : [dim('  No failover.yml: it deploys the environment local, and the file has none.')]),
    '',
    bold('What to do next'),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ];
  stream.write(`${lines.join('\n')}\n`);
}
