import { describe, expect, test } from '@jest/globals';
import type { NamespacesState } from './cluster-state.ts';
import { refuseOther, type Wanted } from './refuse-other.ts';

const wanted: Wanted = {
  provider: 'namespaces',
  workers: 5,
  zones: 3,
  images: { kafka: ['3.9.2'], zookeeper: ['3.9.5'] },
  volumes: { kafka: 10, zookeeper: 2, controller: 2 },
};

function aState(differences: Partial<NamespacesState> = {}): NamespacesState {
  const builds = { tree: '', store: '', programs: '' };
  return { ...wanted, provider: 'namespaces', complete: true, builds, ...differences };
}

describe('refuseOther', () => {
  test('a cluster as it is asked for is accepted, and one with more images too', () => {
    expect(() => refuseOther('dev', aState(), wanted)).not.toThrow();
    const images = { kafka: ['3.8.1', '3.9.2'], zookeeper: ['3.9.5'] };
    expect(() => refuseOther('dev', aState({ images }), wanted)).not.toThrow();
  });

  test('every difference is told', () => {
    const state = aState({ workers: 3, images: { kafka: ['3.8.1'], zookeeper: ['3.9.5'] } });
    expect(() => refuseOther('dev', state, wanted)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        details: ['workers: it has 3, asked for 5', 'images of Kafka: it has 3.8.1, asked for 3.9.2'],
      }),
    );
  });

  test('one image that is not there is enough', () => {
    const images = { kafka: ['3.9.2', '3.8.1'], zookeeper: ['3.9.5'] };
    expect(() => refuseOther('dev', aState(), { ...wanted, images })).toThrow(
      expect.objectContaining({ details: ['images of Kafka: it has 3.9.2, asked for 3.9.2, 3.8.1'] }),
    );
  });

  test('what is left of an unfinished `up` may be of any shape, but not of another provider', () => {
    expect(() => refuseOther('dev', aState({ complete: false, workers: 3 }), wanted)).not.toThrow();
    const kind = { provider: 'kind', complete: false, workers: 5, zones: 3 } as const;
    expect(() => refuseOther('dev', kind, wanted)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});
