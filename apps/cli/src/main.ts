import { CommanderError } from 'commander';
import { isKafkaHaError } from '@kafka-ha/base';
import { exitCodes } from './exit-codes.ts';
import { abortOnSignals } from './abort-on-signals.ts';
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
