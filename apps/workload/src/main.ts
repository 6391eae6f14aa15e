import { monitorEventLoopDelay } from 'node:perf_hooks';
import { runWorkload } from './run.ts';
import { parseSettings } from './settings.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** Standard output is the history and nothing else; everything for people goes to standard error. */
async function main(): Promise<void> {
  const settings = parseSettings(process.env.KAFKA_HA_WORKLOAD);
  const stop = stopOnSignals(process);
  await runWorkload(settings, {
    print: (text) => void process.stdout.write(text),
    monotonicMs: () => performance.now(),
    epochMs: () => Date.now(),
    stalledMs: measureStalls(),
    stop,
  });
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
