import { describe, expect, test } from '@jest/globals';
import { commonJavaOptions, heapOptions, javaSecurity } from './java-options.ts';

describe('java options', () => {
  test('a heap has one size from the start', () => {
    expect(heapOptions(384 * 1024 * 1024 + 1)).toEqual(['-Xms384m', '-Xmx384m']);
  });

  test('a name that could not be looked up is asked for again at once', () => {
    expect(commonJavaOptions).toContain('-Djava.security.properties=/etc/kafka-ha/java.security');
    expect(javaSecurity).toMatch(/^networkaddress\.cache\.negative\.ttl=0$/m);
  });
});
