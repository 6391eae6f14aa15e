import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { exitCodes } from './exit-codes.ts';
import { printError } from './output/print-error.ts';
import { buildProgram } from './program.ts';

// Whoever reads what is printed may have seen enough: `kafka-ha render | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

/** Runs the tool with a process's arguments; returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const interrupt = abortOnSignals(process);
  const outcome = { exitCode: exitCodes.done };
  const program = buildProgram({ signal: interrupt.signal, outcome });
  try {
    await program.parseAsync(argv);
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    printError(error, {
      json: program.opts<{ json?: boolean }>().json === true,
      verbose: argv.includes('--verbose'),
    });
    if (interrupt.signal.aborted) return exitCodes.interrupted;
    return isKafkaHaError(error) && error.code === 'invalid-usage' ? exitCodes.usage : exitCodes.failed;
  } finally {
    interrupt.dispose();
  }
}

/**
 * An AbortSignal that fires on SIGINT or SIGTERM, so that an operation can end the step that it is in. A second
 * SIGINT ends the process at once, as people who press Ctrl-C twice mean it.
 */
function abortOnSignals(process: NodeJS.Process): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  // Every connection listens to it, and Node would take more than ten for a leak.
  setMaxListeners(0, controller.signal);
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(
      new KafkaHaError('aborted', `stopped by ${name}`, {
        hint: 'Run the same command again: it continues where it stopped.',
      }),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose() {
      // The second signal may come while the last connections close: it, too, ends with the exit code of an interruption.
      if (controller.signal.aborted) return;
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
