import { describe, expect, test } from '@jest/globals';
import type { Plan } from '@kafka-ha/planning';
import { aPlan } from '@kafka-ha/planning/testing';
import { printPlan } from './print-plan.ts';

function printed(differences: Partial<Plan>): string {
  let text = '';
  printPlan(aPlan(differences), { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream);
  return text;
}

describe('printPlan', () => {
  test('nothing to do is one line', () => {
    expect(printed({})).toBe(
      'kafka/events in context one: nothing to do: the cluster is what the file says\n',
    );
  });

  test('what stands in the way comes first, what is wrong with the cluster last', () => {
    const text = printed({
      restarts: [{ pod: 'events-kafka-1', component: 'kafka', why: 'broker' }],
      estimateMs: 20_000,
      obstacles: [{ kind: 'wait', why: 'broker 3 is not registered' }],
      health: {
        status: 'unhealthy',
        findings: [
          {
            code: 'broker-missing',
            severity: 'error',
            subject: 'broker 3',
            reason: 'It is not registered.',
            action: 'Wait.',
          },
        ],
      },
    });
    expect(text)
      .toBe(`kafka/events in context one: 0 objects, 0 settings, 1 restart; meanwhile 1 more broker may be lost at once

In the way
  ! broker 3 is not registered

Restarts, one at a time, in about 20 s
  ~ 1. events-kafka-1

Not healthy now
  ✗ broker 3: It is not registered.
`);
  });
});
