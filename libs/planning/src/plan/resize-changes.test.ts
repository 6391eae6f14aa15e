import { describe, expect, test } from '@jest/globals';
import { fieldChanges } from './field-changes.ts';
import { isResize } from './resize-changes.ts';

const template = { cpu: '1', memory: '1Gi', args: ['-Xmx512m'], team: 'data' };

describe('resize changes', () => {
  test.each([
    ['the CPU that is promised', { cpu: '800m' }, true],
    ['nothing', {}, false],
    ['memory', { memory: '2Gi' }, false],
    ['a label', { team: 'ops' }, false],
    ['CPU and a label', { cpu: '3', team: 'ops' }, false],
    ['CPU and what the JVM is told', { cpu: '3', args: ['-Xmx600m'] }, false],
  ])('a pod whose template differs in %s', (_, change, resizable) => {
    expect(isResize(fieldChanges(templateOf(template), templateOf({ ...template, ...change })))).toBe(
      resizable,
    );
  });

  function templateOf({ cpu, memory, args, team }: typeof template) {
    const resources = { requests: { cpu, memory }, limits: { memory } };
    return { metadata: { labels: { team } }, spec: { containers: [{ name: 'kafka', args, resources }] } };
  }
});
