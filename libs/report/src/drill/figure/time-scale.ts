import type { DrillResult } from '@kafka-ha/history';
import { milestones } from '../milestones.ts';
import { layout } from './layout.ts';

export type TimeScale = {
  toMs: number;
  /** What the axis counts from: the fault, or the run's start where there was none. */
  zeroMs: number;
  x: (ms: number) => number;
};

/** Marks end here at the latest, so that the label of the last one has room to its right. */
const lastMark = 0.9;

/** From the run's start to the last thing that is known of it. */
export function timeScale({ run, phases, lifelines, strips }: DrillResult): TimeScale {
  const steps = Math.max(0, ...strips.partitions.map(({ acknowledged }) => acknowledged.length));
  const marks = [phases.faultMs ?? 0, ...milestones({ phases }).map(({ ms }) => ms)];
  const toMs = Math.max(
    1000,
    run?.toMs ?? steps * strips.stepMs,
    Math.max(...marks) / lastMark,
    ...lifelines.map(({ spans }) => spans.at(-1)?.toMs ?? 0),
  );
  const x = (ms: number) => (Math.min(Math.max(ms, 0), toMs) / toMs) * layout.plot;
  return { toMs, zeroMs: phases.faultMs ?? 0, x };
}

/** Whole, even times from the axis's zero in both directions, at most about a dozen. */
export function ticks({ toMs, zeroMs }: TimeScale): number[] {
  const stepMs = steps.find((step) => toMs / step <= 12) ?? 600_000;
  const first = Math.ceil(-zeroMs / stepMs);
  const last = Math.floor((toMs - zeroMs) / stepMs);
  return Array.from({ length: last - first + 1 }, (_, index) => zeroMs + (first + index) * stepMs);
}

const steps = [100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];
