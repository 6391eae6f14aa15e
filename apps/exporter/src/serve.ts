import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';

/** Serves `/metrics` and, for the kubelet, `/healthz`: that the process answers, whatever it could read. */
export async function serve(page: { parts: () => readonly Buffer[] }, port: number): Promise<Server> {
  const server = createServer(({ url = '' }, answer) => {
    const [path] = url.split('?', 1);
    if (path === '/metrics') {
      answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      Readable.from(page.parts()).pipe(answer);
    } else if (path === '/healthz') answer.end('ok\n');
    else answer.writeHead(404).end('there are /metrics and /healthz\n');
  });
  server.listen(port);
  await once(server, 'listening');
  return server;
}
