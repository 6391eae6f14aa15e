import { setMaxListeners } from 'node:events';
import { KafkaHaError } from '@kafka-ha/base';

export type Cancellation = {
  /** Fires at the first signal, so that an operation can end the step that it is in. */
  signal: AbortSignal;
  /** Rejects when no more time is left for that: what is known must be told now. */
  lastCall: Promise<never>;
  dispose(): void;
};

/** GitHub kills 2.5 s after SIGTERM. The rest is for the summary and the comment. */
const graceMs = 1_000;

/**
 * A workflow run is cancelled with SIGINT, after 7.5 s SIGTERM, after 2.5 s more SIGKILL.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
export function onCancellation(process: NodeJS.EventEmitter): Cancellation {
  const controller = new AbortController();
  // Every connection listens to it, and Node would take more than ten for a leak.
  setMaxListeners(0, controller.signal);
  let giveUp: (reason: KafkaHaError) => void = () => undefined;
  const lastCall = new Promise<never>((_, reject) => (giveUp = reject));
  lastCall.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => controller.abort(cancelled('cancelled'));
  const terminate = () => {
    controller.abort(cancelled('cancelled'));
    timer ??= setTimeout(() => giveUp(cancelled('cancelled in the middle of a step')), graceMs);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  return {
    signal: controller.signal,
    lastCall,
    dispose() {
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
    },
  };
}

function cancelled(message: string): KafkaHaError {
  return new KafkaHaError('aborted', message, { hint: 'Run it again: it continues where it stopped.' });
}
