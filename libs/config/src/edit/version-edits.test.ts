import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { editClusterFile, parseClusterFile, versionEdits } from '../index.ts';

const edits = versionEdits({ kafka: '3.8.1', interBrokerProtocol: '3.8' });

describe('versionEdits', () => {
  test("the example's versions change, and nothing else of its text", () => {
    const text = readFileSync(new URL('../../../../cluster.yaml', import.meta.url), 'utf8');
    const edited = editClusterFile(text, edits);
    const changed = edited.split('\n').filter((line, index) => line !== text.split('\n')[index]);
    expect(changed).toEqual(['  kafka: 3.8.1', "  interBrokerProtocol: '3.8'"]);
  });

  test('a file that names no versions gets them', () => {
    const { spec } = parseClusterFile(editClusterFile('name: events # ours\n', edits), {
      file: 'cluster.yaml',
    });
    expect(spec.versions).toMatchObject({ kafka: '3.8.1', interBrokerProtocol: '3.8' });
  });
});
