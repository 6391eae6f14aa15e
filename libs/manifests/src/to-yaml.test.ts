import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubernetes-object.ts';
import { toYaml } from './to-yaml.ts';

const configMap = (data: Record<string, string>): KubernetesObject => ({
  data,
  metadata: { namespace: 'streams', name: 'settings' },
  kind: 'ConfigMap',
  apiVersion: 'v1',
});

describe('toYaml', () => {
  test('says first what an object is, and then sorts', () => {
    expect(toYaml([configMap({ b: 'two', a: 'one' })])).toBe(`---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: streams
data:
  a: one
  b: two
`);
  });

  test('texts that YAML 1.1 takes for something else stay texts, in old readers and new', () => {
    const data = Object.fromEntries(
      ['yes', 'off', 'null', '~', '0755', '1_000', '12:30', '1e3', '', 'a: b', '# c', 'two\nlines\n'].map(
        (text, i) => [`k${i}`, text],
      ),
    );
    for (const version of ['1.1', '1.2'] as const) {
      const [document] = parseAllDocuments(toYaml([configMap(data)]), { version });
      expect(document?.toJS()).toMatchObject({ data });
    }
  });

  test('texts of several lines can be read', () => {
    expect(toYaml([configMap({ script: 'set -eu\nexec java "$@"\n' })])).toContain(
      '  script: |\n    set -eu\n    exec java "$@"\n',
    );
  });

  test('long lines are not broken, and nothing is written as a reference to what came before', () => {
    const labels = { shared: 'x'.repeat(200) };
    const object: KubernetesObject = {
      ...configMap({}),
      metadata: { name: 'a', labels },
      spec: { template: { labels } },
    };
    const yaml = toYaml([object]);
    expect(yaml).not.toMatch(/[&*]a1/);
    expect(yaml.match(/x{200}/g)).toHaveLength(2);
  });
});
