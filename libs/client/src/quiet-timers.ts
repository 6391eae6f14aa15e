let isQuiet = false;

/**
 * kafkajs (2.2.4) sets timers that are due already, and Node 24 tells every user of that (tulios/kafkajs#1751). Other
 * warnings stay.
 */
export function quietTimers(): void {
  if (isQuiet) return;
  isQuiet = true;
  const emitWarning = process.emitWarning.bind(process) as (...warning: unknown[]) => void;
  process.emitWarning = (...warning: unknown[]) => {
    if (warning[1] !== 'TimeoutNegativeWarning') emitWarning(...warning);
  };
}
