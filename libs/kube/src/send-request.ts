import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { connectionOptions } from './connection-options.ts';
import type { Fence, Kube } from './open-kube.ts';
import { sendWhenHeld } from './send-when-held.ts';

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

export type HttpCall = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Query;
  /** Sent as JSON, whatever the content type says: JSON is valid YAML. */
  body?: unknown;
  contentType?: string;
};

export type HttpAnswer = { status: number; headers: http.IncomingHttpHeaders; text: string };

export type Sending = {
  signal: AbortSignal;
  /** Asked right before the request leaves; its error is thrown. */
  fence: Fence | undefined;
  onSent?: () => void;
};

/** Sends one request, once. Rejects with Node's own error when no answer came, with `AbortError` when the signal fired. */
export async function sendRequest(
  kube: Kube,
  call: HttpCall,
  { signal, fence, onSent = () => undefined }: Sending,
): Promise<HttpAnswer> {
  const options = await connectionOptions(kube, signal);
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const url = urlOf(kube.server, call.path, call.query);
    const sender = url.protocol === 'http:' ? http : https;
    const request = sender.request(url, {
      ...options,
      method: call.method,
      signal,
      headers: {
        ...(options.headers as http.OutgoingHttpHeaders),
        accept: 'application/json, */*',
        'user-agent': 'kafka-ha',
        ...(payload !== undefined && {
          'content-type': call.contentType ?? 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
      },
    });
    request.on('response', resolve).on('error', reject);
    const send = () => {
      onSent();
      request.end(payload);
    };
    if (fence === undefined) send();
    else void sendWhenHeld(request, fence, send);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
}

/** The API server's URL may itself have a path, as behind Rancher. */
export function urlOf(server: string, path: string, query: Query = {}): URL {
  const url = new URL(server.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value])
      url.searchParams.append(name, String(item));
  }
  return url;
}
