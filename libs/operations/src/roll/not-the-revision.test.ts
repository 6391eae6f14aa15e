import { describe, expect, test } from '@jest/globals';
import { fieldChanges } from '@kafka-ha/planning';
import { changesPlace } from './not-the-revision.ts';

const template = {
  metadata: { labels: {}, annotations: { config: 'a' } },
  spec: {
    containers: [{ name: 'kafka', image: 'kafka:1', resources: { requests: { memory: '1Gi' } } }],
    tolerations: [],
  },
};
const [container] = template.spec.containers;

describe('notTheRevision', () => {
  test.each([
    ['configuration', { ...template, metadata: { labels: {}, annotations: { config: 'b' } } }, false],
    [
      'the image',
      { ...template, spec: { ...template.spec, containers: [{ ...container!, image: 'kafka:2' }] } },
      false,
    ],
    [
      'memory',
      {
        ...template,
        spec: {
          ...template.spec,
          containers: [{ ...container!, resources: { requests: { memory: '2Gi' } } }],
        },
      },
      true,
    ],
    ['where it may run', { ...template, spec: { ...template.spec, nodeSelector: { pool: 'kafka' } } }, true],
  ])('a pod that no node takes after a change of %s', (_, latest, toBlame) => {
    expect(changesPlace(fieldChanges(template, latest))).toBe(toBlame);
  });
});
