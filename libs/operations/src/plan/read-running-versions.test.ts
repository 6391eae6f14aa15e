import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { configAnnotation, podOf } from '@kafka-ha/manifests';
import { brokerVersion } from './read-running-versions.ts';

const spec = aSpec();
const broker = (image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: podOf(spec, 1),
    annotations: { [configAnnotation('server.properties')]: 'inter.broker.protocol.version=3.9\n' },
  },
  spec: { containers: [{ name: 'kafka', image }] },
});

describe('readRunningVersions', () => {
  test('the protocol of a broker is known whatever its image is called', () => {
    expect(brokerVersion(spec, broker('apache/kafka:3.9.2'))).toEqual([
      { id: 1, version: '3.9.2', protocol: '3.9' },
    ]);
    expect(brokerVersion(spec, broker('apache/kafka@sha256:abc'))).toEqual([{ id: 1, protocol: '3.9' }]);
  });
});
