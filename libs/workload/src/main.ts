import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openHistoryFile } from './history-file.ts';
import { runWorkload } from './run.ts';
import { parseSettings } from './settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** Where no file is named for it the history is standard output, and nothing else; what is for people is standard error. */
async function main(): Promise<void> {
  const settings = parseSettings(process.env.KAFKA_HA_WORKLOAD);
  const stop = stopOnSignals(process);
  const file = settings.history === undefined ? undefined : openHistoryFile(settings.history);
  await runWorkload(settings, {
    print: file?.print ?? ((text) => void process.stdout.write(text)),
    monotonicMs: () => performance.now(),
    epochMs: () => Date.now(),
    stalledMs: measureStalls(),
    stop,
  });
  await file?.taken();
}

/** The event loop's longest delay since the last call, in milliseconds. */
function measureStalls(): () => number {
  const resolution = 20;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  return () => {
    const longest = Math.round(delay.max / 1e6) - resolution;
    delay.reset();
    return Math.max(0, longest);
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
