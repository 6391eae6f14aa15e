import { setTimeout as sleep } from 'node:timers/promises';

type Kill = (signal: NodeJS.Signals) => void;

/** What listens to all that a process has said so far, and may send it a signal. */
type Listener = (said: string, kill: Kill) => void;

/** Kills a process so long after it has said this. */
export function killAt(words: RegExp, afterMs: number): Listener {
  return once(words, (kill) => later(afterMs, () => kill('SIGKILL')));
}

/**
 * Cancels a process when it has said this, as GitHub's runner does.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
export function cancelAt(words: RegExp): Listener {
  return once(words, (kill) => {
    kill('SIGINT');
    later(7_500, () => kill('SIGTERM'));
  });
}

/** Suspends a process when it has said this; `suspended` gets what lets it go on. */
export function suspendAt(words: RegExp, suspended: (wake: () => void) => void): Listener {
  return once(words, (kill) => {
    kill('SIGSTOP');
    suspended(() => kill('SIGCONT'));
  });
}

function once(words: RegExp, act: (kill: Kill) => void): Listener {
  let seen = false;
  return (said, kill) => {
    if (seen || !words.test(said)) return;
    seen = true;
    act(kill);
  };
}

function later(afterMs: number, act: () => void): void {
  void sleep(afterMs, undefined, { ref: false }).then(act);
}
