import { describe, expect, test } from '@jest/globals';
import { proxyFor } from './proxy-for.ts';

const proxy = 'http://proxy:3128';

describe('proxyFor', () => {
  test.each([
    ['https://kube.corp.example:6443', { HTTPS_PROXY: proxy }, proxy],
    ['https://kube.corp.example:6443', { https_proxy: 'proxy:3128' }, proxy],
    ['https://kube.corp.example', { HTTP_PROXY: proxy }, undefined],
    ['http://kube.corp.example', { HTTP_PROXY: proxy }, proxy],
    ['https://kube.corp.example', { HTTPS_PROXY: '', NO_PROXY: '' }, undefined],
    ['https://127.0.0.1:6443', { HTTPS_PROXY: proxy }, undefined],
    ['https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
    ['https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
    ['no URL', { HTTPS_PROXY: proxy }, undefined],
  ])('for %s with %p it is %p', (server, environment, expected) => {
    expect(proxyFor(server, environment)).toBe(expected);
  });

  test.each([
    ['*', true],
    ['corp.example', true],
    ['KUBE.corp.example', true],
    ['other, corp.example', true],
    ['.corp.example', true],
    ['.kube.corp.example', false],
    ['orp.example', false],
    ['kube.corp.example:6443', true],
    ['kube.corp.example:443', false],
    ['10.0.0.0/8', false],
  ])('NO_PROXY=%s spares kube.corp.example:6443: %p', (NO_PROXY, spared) => {
    const found = proxyFor('https://kube.corp.example:6443', { HTTPS_PROXY: proxy, NO_PROXY });
    expect(found === undefined).toBe(spared);
  });

  test.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3', true],
    ['10.1.2.0/31', false],
    ['fd00::/8', false],
  ])('NO_PROXY=%s spares 10.1.2.3: %p', (NO_PROXY, spared) => {
    expect(proxyFor('https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY }) === undefined).toBe(spared);
  });
});
