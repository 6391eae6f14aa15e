import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { editVersions, parseClusterFile } from './index.ts';

test("the example's versions change, and nothing else of its text", async () => {
  const text = await readFile(new URL('../../../cluster.yaml', import.meta.url), 'utf8');
  const edited = editVersions(text, { kafka: '3.8.1', interBrokerProtocol: '3.8' });
  const changed = edited.split('\n').filter((line, index) => line !== text.split('\n')[index]);
  expect(changed).toEqual(['  kafka: 3.8.1', "  interBrokerProtocol: '3.8'"]);
});

test('a file that names no versions gets them', () => {
  const edited = editVersions('name: events # ours\n', { kafka: '3.8.1', interBrokerProtocol: '3.8' });
  expect(edited).toMatch(/^name: events # ours\n/);
  expect(parseClusterFile(edited, { file: 'cluster.yaml' }).spec.versions).toMatchObject({
    kafka: '3.8.1',
    interBrokerProtocol: '3.8',
  });
});
