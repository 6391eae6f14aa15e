import { describe, expect, test } from '@jest/globals';
import { fakeGitHub } from '../testing/fake-github.ts';
import { commentOnPullRequest } from './comment-on-pull-request.ts';

const token = 'marked-token';

describe('commentOnPullRequest', () => {
  test('the first run makes the comment of its cluster, later ones change it', async () => {
    await using server = await fakeGitHub({ token, comments: ['What about the topics?'] });
    await say(server.url, 'cluster.yaml production', 'plan', 'two brokers restart');
    await say(server.url, 'cluster.yaml production', 'deploy', 'failed');
    await say(server.url, 'cluster.yaml production', 'deploy', 'done');
    const [theirs, ours, ...others] = server.comments;
    expect({ theirs: theirs?.body, others }).toEqual({ theirs: 'What about the topics?', others: [] });
    expect(ours?.body).toContain('two brokers restart');
    expect(ours?.body).toContain('done');
    expect(ours?.body).not.toContain('failed');
  });

  test('each cluster has a comment of its own, also where one name begins with the other', async () => {
    await using server = await fakeGitHub({ token });
    await say(server.url, 'cluster.yaml prod', 'deploy', 'one');
    await say(server.url, 'cluster.yaml prod--eu', 'deploy', 'two');
    expect(server.comments.map(({ body }) => /one|two/.exec(body)?.[0])).toEqual(['one', 'two']);
  });

  test('a comment that somebody else has written is not taken over, whatever is in it', async () => {
    await using server = await fakeGitHub({ token });
    await say(server.url, 'cluster.yaml', 'plan', 'two brokers restart');
    const [ours] = server.comments.splice(0);
    const copied = { id: 0, body: ours?.body ?? '', user: { login: 'mallory' } };
    server.comments.push(copied);
    await say(server.url, 'cluster.yaml', 'plan', 'three brokers restart');
    await say(server.url, 'cluster.yaml', 'plan', 'four brokers restart');
    expect(server.comments).toEqual([
      copied,
      expect.objectContaining({ user: { login: 'github-actions[bot]' } }),
    ]);
    expect(copied.body).toContain('two brokers restart');
    expect(server.comments[1]?.body).toContain('four brokers restart');
  });

  test('the comment is found on a later page', async () => {
    await using server = await fakeGitHub({ token });
    await say(server.url, 'cluster.yaml', 'deploy', 'first');
    const [ours] = server.comments.splice(0);
    for (let id = 0; id < 150; id++) server.comments.push({ id, body: 'talk', user: { login: 'octocat' } });
    if (ours !== undefined) server.comments.push({ ...ours, id: 150 });
    await say(server.url, 'cluster.yaml', 'deploy', 'second');
    expect(server.comments).toHaveLength(151);
    expect(server.comments.at(-1)?.body).toContain('second');
  });

  test('a token without the right is told what it lacks', async () => {
    await using server = await fakeGitHub({ token: 'another' });
    await expect(say(server.url, 'cluster.yaml', 'deploy', 'done')).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('pull-requests: write'),
    });
  });

  test('a GitHub that does not answer is named', async () => {
    await expect(say('http://127.0.0.1:1', 'cluster.yaml', 'deploy', 'done')).rejects.toMatchObject({
      code: 'github-failed',
    });
  });

  function say(apiUrl: string, cluster: string, name: string, markdown: string): Promise<void> {
    return commentOnPullRequest(
      { apiUrl, repository: 'octo/kafka', token },
      { pullRequest: 5, cluster, section: { name, markdown } },
    );
  }
});
