import { describe, expect, test } from '@jest/globals';
import { hasRoomWithout } from './refusal-of-pod.ts';

const there = {
  spec: {
    containers: [
      { name: 'kafka', resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
      { name: 'agent', resources: { requests: { cpu: '50m' } } },
    ],
  },
};

const refusal = (requested: string, used: string, limited: string) =>
  `pods "b-2" is forbidden: exceeded quota: tight, requested: ${requested}, used: ${used}, limited: ${limited}.`;

describe('refusalOfPod', () => {
  test.each([
    ['a full quota has room for a pod in place of another', refusal('pods=1', 'pods=8', 'pods=8'), true],
    ['a quota below what is there has none', refusal('pods=1', 'pods=8', 'pods=7'), false],
    ['as much memory', refusal('requests.memory=1Gi', 'requests.memory=8Gi', 'requests.memory=8Gi'), true],
    ['more memory', refusal('limits.memory=1536Mi', 'limits.memory=8Gi', 'limits.memory=8Gi'), false],
    ['all containers count', refusal('cpu=300m', 'cpu=3', 'cpu=3'), true],
    ['one of two is short', refusal('cpu=300m,pods=1', 'cpu=3,pods=9', 'cpu=3,pods=8'), false],
    ['another refusal is no quota', 'failed calling webhook "policy.example"', false],
  ])('%s', (_, message, room) => {
    expect(hasRoomWithout(there, message)).toBe(room);
  });
});
