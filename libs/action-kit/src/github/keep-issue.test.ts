import { describe, expect, test } from '@jest/globals';
import { fakeGitHub } from '../testing/fake-github.ts';
import { keepIssue } from './keep-issue.ts';

describe('keepIssue', () => {
  test('one issue is opened, updated while something is wrong, closed when all is well, and opened anew', async () => {
    await using server = await fakeGitHub();
    const say = (wrong: string | undefined, subject = 'cluster.yaml production') =>
      keepIssue(
        { apiUrl: server.url, repository: 'octo/kafka', token: 'marked' },
        { subject, title: 'events is not healthy', wrong },
      );
    expect(await say(undefined)).toBe('none');
    expect(await say('broker 3 is missing')).toBe('opened');
    expect(await say('brokers 3 and 4 are missing')).toBe('updated');
    expect(await say('another cluster', 'cluster.yaml staging')).toBe('opened');
    expect(server.issues).toMatchObject([
      { state: 'open', title: 'events is not healthy', body: expect.stringContaining('brokers 3 and 4') },
      { state: 'open', body: expect.stringContaining('another cluster') },
    ]);
    expect(await say(undefined)).toBe('closed');
    expect(await say('broker 0 is missing')).toBe('opened');
    expect(server.issues.map(({ state }) => state)).toEqual(['closed', 'open', 'open']);
  });

  test('an issue that somebody else has written is left alone, whatever is in it', async () => {
    await using server = await fakeGitHub();
    const github = { apiUrl: server.url, repository: 'octo/kafka', token: 'marked' };
    const about = { subject: 'cluster.yaml production', title: 'events is not healthy' };
    await keepIssue(github, { ...about, wrong: 'broker 3 is missing' });
    Object.assign(server.issues[0] ?? {}, { user: { login: 'mallory' } });
    expect(await keepIssue(github, { ...about, wrong: 'broker 4 is missing' })).toBe('opened');
    expect(await keepIssue(github, { ...about, wrong: undefined })).toBe('closed');
    expect(server.issues.map(({ state }) => state)).toEqual(['open', 'closed']);
  });
});
