import type { KubeObject } from '@kafka-ha/kube';
import {
  aStatus,
  fakeApiServer,
  type FakeApiServer,
  type Received,
  type Reply,
} from '@kafka-ha/kube/testing';

/** What the API server answers instead of doing it; undefined: it does it. */
export type Refuse = (request: Received) => Reply | undefined;

export type FakeObjects = FakeApiServer & {
  /** By the last two parts of their path, e.g. `statefulsets/events-kafka`. */
  objects: Map<string, KubeObject>;
  /** What was asked to be stored, in order, e.g. `DELETE statefulsets/events-kafka`. */
  changes: () => string[];
};

/**
 * An API server that keeps objects: it reads, lists, makes, applies, patches and deletes, stores nothing of a dry run, and
 * refuses as told. Labels select nothing: it lists all of a kind.
 */
export async function fakeObjects(
  there: readonly KubeObject[],
  refuse: Refuse = () => undefined,
): Promise<FakeObjects> {
  const objects = new Map<string, KubeObject>();
  let version = 0;
  const store = (key: string, object: KubeObject) => {
    version += 1;
    const uid = objects.get(key)?.metadata.uid ?? `uid-${version}`;
    const metadata = { generation: 1, ...object.metadata, uid, resourceVersion: String(version) };
    objects.set(key, { ...object, metadata });
    return objects.get(key)!;
  };
  for (const object of there) store(`${object.kind.toLowerCase()}s/${object.metadata.name}`, object);
  const fake = await fakeApiServer((request) => {
    const key = keyOf(request);
    const refused = refuse(request);
    if (refused !== undefined) return refused;
    const now = objects.get(key);
    const isDryRun = request.query.get('dryRun') === 'All';
    switch (request.method) {
      case 'GET':
        if (now !== undefined) return { json: now };
        if (!isCollection(request)) return aStatus(404, 'not found');
        return {
          json: {
            items: [...objects]
              .filter(([each]) => each.startsWith(`${lastOf(request)}/`))
              .map(([, object]) => object),
          },
        };
      case 'PATCH': {
        const merges = request.headers['content-type'] === 'application/merge-patch+json';
        if (merges && now === undefined) return aStatus(404, 'not found');
        const after = merges ? (merged(now, request.body) as KubeObject) : (request.body as KubeObject);
        if (isDryRun) return { status: now ? 200 : 201, json: after };
        return { status: now ? 200 : 201, json: store(key, after) };
      }
      case 'POST': {
        const made = request.body as KubeObject;
        if (!isCollection(request)) return aStatus(405, 'not known here');
        return {
          status: 201,
          json: isDryRun ? made : store(`${lastOf(request)}/${made.metadata.name}`, made),
        };
      }
      case 'PUT':
        return { json: store(key, request.body as KubeObject) };
      case 'DELETE': {
        // Where there is a body the API server heeds no query.
        const { preconditions = {}, dryRun = [] } = request.body as {
          preconditions?: Record<string, string>;
          dryRun?: string[];
        };
        const differs = Object.entries(preconditions).some(
          ([field, value]) => now?.metadata[field] !== value,
        );
        if (now !== undefined && differs) return aStatus(409, 'the precondition does not hold');
        if (!dryRun.includes('All')) objects.delete(key);
        return now === undefined ? aStatus(404, 'not found') : { json: {} };
      }
      default:
        return aStatus(405, 'not known here');
    }
  });
  const changes = () =>
    fake.received
      .filter(({ method, query }) => method !== 'GET' && query.get('dryRun') === null)
      .map((request) => `${request.method} ${keyOf(request)}`);
  return { ...fake, objects, changes };
}

function keyOf({ path }: Received): string {
  return path.split('/').slice(-2).join('/');
}

function lastOf({ path }: Received): string {
  return path.split('/').at(-1) ?? '';
}

/** `/api/v1/namespaces/kafka/pods`, and not the object `/api/v1/namespaces/kafka/pods/events-kafka-0`. */
function isCollection({ path }: Received): boolean {
  return /\/namespaces\/[^/]+\/[^/]+$/.test(path);
}

/** JSON merge patch, RFC 7386. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = { ...(target as Record<string, unknown> | undefined) };
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  return result;
}
