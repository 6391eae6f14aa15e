import type { Plan } from './plan/plan.ts';

/** Nothing to do to a healthy cluster. `aPlan({ resizes: ['events-kafka-0'] })` differs in what is given. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    cluster: { name: 'events', namespace: 'kafka', server: 'https://one.example:6443', context: 'one' },
    deletions: [],
    objects: [],
    keys: [],
    topics: [],
    resizes: [],
    restarts: [],
    estimateMs: 0,
    losses: { promised: 2, now: 2, meanwhile: 1 },
    health: { status: 'healthy', findings: [] },
    obstacles: [],
    ...overrides,
  };
}
