import { existsSync } from 'node:fs';
import { defaultClusterFile, type ValueKind } from '@kafka-ha/config/values';
import { KafkaHaError } from '@kafka-ha/base';
import { Command, Option } from 'commander';
import type { ExitCode } from './exit-codes.ts';

/** What every command gets beside its options: when to stop, and where to leave its exit code. */
export type Run = { signal: AbortSignal; outcome: { exitCode: ExitCode } };

export type JsonOption = { json?: boolean };
export type FileOptions = JsonOption & { file: string; environment?: string };
export type TargetOptions = FileOptions & { context?: string; kubeconfig?: string };

/** A command with `--json`, which is an option of the whole tool. */
export function newCommand(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .description(summary)
    .showHelpAfterError('(kafka-ha --help lists the commands)')
    .exitOverride();
}

/** A command that reads a cluster file: `FileOptions`. */
export function fileCommand(name: string, summary: string): Command {
  return newCommand(name, summary)
    .addOption(fileOption())
    .option('-e, --environment <name>', 'environment of the cluster file');
}

/** `--file`. */
export function fileOption(): Option {
  return new Option('-f, --file <path>', 'the cluster file').default(
    defaultClusterFile(existsSync),
    'kafka-ha.yaml if there is one, else cluster.yaml',
  );
}

/** A command that works on the cluster of the file: `TargetOptions`. */
export function targetCommand(name: string, summary: string): Command {
  return fileCommand(name, summary)
    .option('--context <name>', 'context of the kubeconfig (default: its current one)')
    .addOption(
      new Option('--kubeconfig <path>', 'the kubeconfig (default: ~/.kube/config)').env('KUBECONFIG'),
    );
}

/**
 * An option whose text is parsed; `whenLeftOut` is written as a person would.
 *
 * Parsing throws KafkaHaError `invalid-usage`, which names the option and what it takes.
 */
export function valueOption<T>(
  flags: string,
  description: string,
  kind: ValueKind<T>,
  whenLeftOut?: string,
): Option {
  const option = new Option(flags, description);
  const parse = (text: string) => valueOf(option.long ?? flags, text, kind);
  option.argParser(parse);
  return whenLeftOut === undefined ? option : option.default(parse(whenLeftOut), JSON.stringify(whenLeftOut));
}

function valueOf<T>(option: string, text: string, { parse, takes }: ValueKind<T>): T {
  const value = parse(text);
  if (value !== undefined) return value;
  throw new KafkaHaError('invalid-usage', `${option} takes ${takes}, not ${text}`);
}

/** Of each command that may change how long records are kept. */
export function deleteRecordsOption(): Option {
  return new Option('--delete-records', 'allow the deletion of records that the plan shows');
}
