import type { Codec } from './codec.ts';

/**
 * One request and its answer, in one version of the protocol. Versions are fixed rather than negotiated: each is in every
 * broker from 3.0 to 4.4, or it says from which on, which saves a round trip per connection. `flexible` versions carry tags in their headers too.
 * Field by field from `clients/src/main/resources/common/message/` of Kafka 3.9.
 */
export type Api<Request, Response> = {
  name: string;
  key: number;
  version: number;
  flexible: boolean;
  /** Of ApiVersions alone, which is also sent to those who do not know this version: its answer has no tags in its header. */
  plainAnswerHeader?: true;
  /** Whether this request would change something in the cluster: it is then sent only where the fence lets it. */
  changes: (request: Request) => boolean;
  request: Codec<Request>;
  response: Codec<Response>;
};
