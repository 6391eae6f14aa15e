import { describe, expect, test } from '@jest/globals';
import { peersCut, peersHealed } from './node-faults.ts';

describe('nodeFaults', () => {
  test('what was cut before is replaced, and both directions are cut', () => {
    expect(peersCut(['198.19.2.4', '198.18.0.13'])).toBe(`table ip kafka-ha
delete table ip kafka-ha
table ip kafka-ha {
  chain forward {
    type filter hook forward priority -1;
    ip saddr { 198.19.2.4, 198.18.0.13 } drop
    ip daddr { 198.19.2.4, 198.18.0.13 } drop
  }
}
`);
  });

  test('one pod is cut off alone, and the others on its node are not', () => {
    expect(peersCut(['198.19.2.4', '198.18.0.13'], ['198.18.1.7'])).toContain(`
    ip daddr { 198.18.1.7 } ip saddr { 198.19.2.4, 198.18.0.13 } drop
    ip saddr { 198.18.1.7 } ip daddr { 198.19.2.4, 198.18.0.13 } drop
`);
  });

  test('healing is the same whether anything was cut or not', () => {
    expect(peersHealed).toBe('table ip kafka-ha\ndelete table ip kafka-ha\n');
  });
});
