import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess, findingCatalogue, type FindingCode, type State } from './index.ts';
import { defects } from './testing/defects.ts';
import { aState } from './testing.ts';

const topics = ['events', 'payments'].map((name) => ({ name, partitions: 20 }));

describe('findingCatalogue', () => {
  test('those, and only those, that are not found without pods and StatefulSets are of Kubernetes only', () => {
    const codes = Object.keys(findingCatalogue) as FindingCode[];
    const unseen = codes.filter((code) => {
      const spec = aSpec({ mode: defects[code].mode ?? 'zookeeper', topics });
      const codesOf = (state: State) =>
        assess(spec, state, { withoutKubernetes: true }).findings.map((it) => it.code);
      return !codesOf(blind(defects[code].plant(aState({}, spec), 1))).includes(code);
    });
    expect(unseen).toEqual(codes.filter((code) => findingCatalogue[code].kubernetesOnly));
  });

  function blind(state: State): State {
    const notSeen = { kind: 'unreadable', reason: 'not looked at' } as const;
    const seen: State = { ...state, pods: notSeen, statefulSets: notSeen };
    delete seen.zones;
    delete seen.exporter;
    return seen;
  }
});
