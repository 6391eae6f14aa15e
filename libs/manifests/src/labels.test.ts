import { describe, expect, test } from '@jest/globals';
import { clusterLabels, componentLabels, isOurs, labelSelector, selector } from './labels.ts';

const cluster = { name: 'events' };

describe('labels', () => {
  test('what this project made for a cluster is told from all else', () => {
    expect(isOurs(cluster, { metadata: { labels: componentLabels(cluster, 'kafka') } })).toBe(true);
    expect(isOurs({ name: 'other' }, { metadata: { labels: clusterLabels(cluster) } })).toBe(false);
    expect(isOurs(cluster, { metadata: { labels: { 'app.kubernetes.io/instance': 'events' } } })).toBe(false);
    expect(isOurs(cluster, { metadata: {} })).toBe(false);
  });

  test('the query for all objects of a cluster asks for what its labels say', () => {
    for (const pair of labelSelector(cluster).split(',')) {
      const [key = '', value] = pair.split('=');
      expect(clusterLabels(cluster)[key]).toBe(value);
    }
  });

  test('a component is selected by part of its labels, different from the other one', () => {
    expect(componentLabels(cluster, 'kafka')).toMatchObject(selector(cluster, 'kafka'));
    expect(selector(cluster, 'zookeeper')).not.toEqual(selector(cluster, 'kafka'));
  });
});
