export { runStep } from './run-step.ts';
export type { Step, StepEvent } from './step-event.ts';
