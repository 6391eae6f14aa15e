import { setMaxListeners } from 'node:events';
import { KafkaHaError } from '@kafka-ha/base';

/**
 * An AbortSignal that fires on SIGINT or SIGTERM, so that an operation can end the step that it is in. A second
 * SIGINT ends the process at once, as people who press Ctrl-C twice mean it.
 */
export function abortOnSignals(process: NodeJS.Process): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  // Every connection listens to it, and Node would take more than ten for a leak.
  setMaxListeners(0, controller.signal);
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(
      new KafkaHaError('aborted', `stopped by ${name}`, {
        hint: 'Run the same command again: it goes on where it was.',
      }),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
