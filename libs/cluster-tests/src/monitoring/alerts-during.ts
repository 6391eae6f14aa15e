import type { Spec } from '@kafka-ha/config';
import { stepSeconds, type Point, type Prometheus } from './prometheus.ts';

/** What was seen of an alert. Seconds since the beginning of what it was looked for in. */
export type SeenAlert = {
  alert: string;
  pendingAfter: number;
  /** How long it was about to fire, and did not. */
  pendingFor: number;
  /** Null: it never fired. */
  firedAfter: number | null;
};

/** The alerts of a cluster that were about to fire, or fired, between two moments, as Prometheus remembers them. */
export async function alertsDuring(
  prometheus: Prometheus,
  { name }: Pick<Spec, 'name'>,
  range: { fromMs: number; toMs: number },
): Promise<SeenAlert[]> {
  const expr = `max by (alertname, alertstate) (ALERTS{kafka_cluster="${name}"})`;
  const found = await prometheus.queryRange(expr, range);
  const pointsOf = (alert: string, state: string) =>
    found.find(({ labels }) => labels['alertname'] === alert && labels['alertstate'] === state)?.points ?? [];
  const alerts = [...new Set(found.map(({ labels }) => labels['alertname'] ?? ''))].sort();
  const after = ({ atMs }: Point) => Math.round((atMs - range.fromMs) / 1000);
  return alerts.map((alert) => {
    const [pending, firing] = [pointsOf(alert, 'pending'), pointsOf(alert, 'firing')];
    const [first = firing[0]] = pending;
    return {
      alert,
      pendingAfter: first === undefined ? 0 : after(first),
      pendingFor: pending.length * stepSeconds,
      firedAfter: firing[0] === undefined ? null : after(firing[0]),
    };
  });
}

/** As text, for who reads the figures of a run. */
export function describeAlerts(seen: readonly SeenAlert[]): string {
  const one = ({ alert, pendingAfter, pendingFor, firedAfter }: SeenAlert) =>
    firedAfter === null
      ? `${alert} pending after ${pendingAfter} s, for ${pendingFor} s`
      : `${alert} FIRED after ${firedAfter} s`;
  return seen.length === 0 ? 'none' : seen.map(one).join('; ');
}

export function fired(seen: readonly SeenAlert[]): string[] {
  return seen.flatMap(({ alert, firedAfter }) => (firedAfter === null ? [] : [alert]));
}
