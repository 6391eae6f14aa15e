import { describe, expect, test } from '@jest/globals';
import { explain } from './explain.ts';
import { aSpec } from './testing.ts';

function valueOf(spec: ReturnType<typeof aSpec>, label: string): string | undefined {
  return explain(spec)
    .sections.flatMap(({ lines }) => lines)
    .find((line) => line.label === label)?.value;
}

describe('explain', () => {
  test('the promise, the load and what it costs are said in figures', () => {
    const spec = aSpec({ ingest: { compression: 1 } });
    expect(valueOf(spec, 'brokers')).toBe('5, any 2 may be lost at once');
    expect(valueOf(spec, 'disk write')).toBe('100MB/s');
    expect(valueOf(spec, 'CPU')).toBe('400m');
    expect(valueOf(spec, 'heap')).toBe('384Mi');
    expect(valueOf(spec, 'retention in time')).toBe('6m46s');
    expect(valueOf(spec, 'in sync again after a restart')).toBe('2m');
  });

  test('where losses change the load, both figures are there', () => {
    expect(valueOf(aSpec({ ingest: { consumerGroups: 2 } }), 'network out')).toBe(
      '30MB/s, 33.3MB/s with 2 lost',
    );
  });

  test('every line says why', () => {
    for (const { lines } of explain(aSpec()).sections) for (const { why } of lines) expect(why).not.toBe('');
  });

  test('the nodes that are needed are counted', () => {
    expect(valueOf(aSpec(), 'nodes')).toBe('5 or more');
    expect(valueOf(aSpec({ placement: { separateZookeeper: 'required' } }), 'nodes')).toBe('8 or more');
    expect(valueOf(aSpec({ placement: { brokersPerNode: 2, separateZookeeper: 'none' } }), 'nodes')).toBe(
      '3 or more',
    );
  });
});
