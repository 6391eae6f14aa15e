import { describe, expect, test } from '@jest/globals';
import { Page } from './page.ts';
import { serve } from './serve.ts';

function aPage() {
  let nowMs = 0;
  const page = new Page('events', { intervalMs: 15_000, now: () => nowMs });
  return { page, after: (seconds: number) => (nowMs += 1000 * seconds) };
}
const textOf = (page: Page) => Buffer.concat(page.parts()).toString();
const losses = [Buffer.from('losses 2\n')];
const age = (seconds: number) => `kafka_ha_reading_age_seconds{kafka_cluster="events"} ${seconds}\n`;

describe('Page', () => {
  test('the age of the reading is told when it is asked for', () => {
    const { page, after } = aPage();
    after(3);
    page.show(losses, 3_000);
    after(7);
    expect(textOf(page)).toContain(`${age(7)}losses 2\n`);
  });

  test('before the first reading there is only the age of the exporter', () => {
    const { page, after } = aPage();
    after(40);
    expect(textOf(page)).toContain(age(40));
  });

  test('a reading that is too old is not shown for what is', () => {
    const { page, after } = aPage();
    page.show(losses, 0);
    after(90);
    expect(textOf(page)).toContain('losses 2');
    after(1);
    expect(textOf(page)).not.toContain('losses 2');
    expect(textOf(page)).toContain(age(91));
  });

  test('metrics and health are served over HTTP, and nothing else', async () => {
    const server = await serve({ parts: () => [Buffer.from('losses '), Buffer.from('2\n')] }, 0);
    try {
      const { port } = server.address() as { port: number };
      const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
      const metrics = await get('/metrics?x=1');
      expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(await metrics.text()).toBe('losses 2\n');
      expect((await get('/healthz')).status).toBe(200);
      expect((await get('/')).status).toBe(404);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
