import type { Api } from './api.ts';
import { int16, int32, nullableString, tags } from './codec.ts';

/** A request as it goes over the wire: its length, its header, itself. Its answer comes under the same `correlationId`. */
export function encodeRequest<Request>(
  api: Api<Request, unknown>,
  request: Request,
  { correlationId, clientId }: { correlationId: number; clientId: string },
): Buffer {
  const parts: Buffer[] = [];
  int32.write(0, parts); // the length, once it is known
  int16.write(api.key, parts);
  int16.write(api.version, parts);
  int32.write(correlationId, parts);
  nullableString.write(clientId, parts);
  if (api.flexible) tags.write(undefined, parts);
  api.request.write(request, parts);
  const frame = Buffer.concat(parts);
  frame.writeInt32BE(frame.length - 4);
  return frame;
}

/** `bytes`: what follows the length and the correlation id. */
export function decodeAnswer<Response>(
  api: Pick<Api<never, Response>, 'flexible' | 'plainAnswerHeader' | 'response'>,
  bytes: Buffer,
): Response {
  const cursor = { buffer: bytes, offset: 0 };
  if (api.flexible && api.plainAnswerHeader !== true) tags.read(cursor);
  return api.response.read(cursor);
}
