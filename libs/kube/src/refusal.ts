import { count, KafkaHaError, type ErrorCode } from '@kafka-ha/base';

/** An answer with an HTTP status of 400 or more. `what` is an infinitive: `apply StatefulSet kafka/events`. */
export type Refused = { what: string; context: string; status: number; text: string };

/** The API server's own account of a refusal: kind `Status` in its reference. */
export type Status = {
  kind: 'Status';
  status?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: { causes?: { reason?: string; message?: string; field?: string }[] };
};

/**
 * What a refusal means to a person, in one line: `forbidden` (and who may not do what), `conflict` (and with whom),
 * `not-found`, or `kubernetes-refused` with the API server's causes as details.
 */
export function refusal(refused: Refused): KafkaHaError {
  const status = statusOf(refused);
  switch (refused.status) {
    case 401:
      return new KafkaHaError(
        'forbidden',
        `The API server does not accept the credentials of context "${refused.context}".`,
        {
          hint: 'They may have expired: log in again.',
        },
      );
    case 403:
      return isTerminating(status) ? terminating(refused, status) : forbidden(refused, status);
    case 404:
      return notFound(refused, status);
    case 409:
      return conflict(refused, status);
    default:
      return refusedWithCauses(refused, status);
  }
}

function forbidden(refused: Refused, status: Status): KafkaHaError {
  const rbac =
    /User "([^"]*)" cannot (\S+) resource "([^"]*)".*?(?:in the namespace "([^"]*)"|at the cluster scope)/.exec(
      status.message ?? '',
    );
  if (rbac !== null) {
    const [, user, verb, resource, namespace] = rbac;
    const where = namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`;
    return new KafkaHaError('forbidden', `${user} may not ${verb} ${resource} ${where}.`, {
      hint: 'Bind that user to the Role of the cluster, or choose a context with more rights.',
      details: [`It was needed to ${refused.what}.`],
    });
  }
  // Quotas, Pod Security and other admission plugins answer 403 too: no Role helps there.
  const code: ErrorCode = /attempting to grant/.test(status.message ?? '')
    ? 'forbidden'
    : 'kubernetes-refused';
  return new KafkaHaError(code, `Kubernetes refuses to ${refused.what}: ${sentence(status.message)}`);
}

function isTerminating(status: Status): boolean {
  return status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
}

function terminating({ what }: Refused, status: Status): KafkaHaError {
  const namespace = /namespace (\S+)/.exec(status.message ?? '')?.[1];
  return new KafkaHaError('kubernetes-refused', `Cannot ${what}: namespace ${namespace} is being deleted.`, {
    hint: `Wait until it is gone (kubectl get namespace ${namespace}), then run this again.`,
  });
}

function notFound({ what }: Refused, status: Status): KafkaHaError {
  const namespace = /^namespaces "([^"]+)" not found/.exec(status.message ?? '')?.[1];
  return new KafkaHaError('not-found', `Cannot ${what}: ${sentence(status.message)}`, {
    hint: namespace === undefined ? undefined : `Create the namespace: kubectl create namespace ${namespace}`,
  });
}

function conflict({ what }: Refused, status: Status): KafkaHaError {
  const fields = status.details?.causes?.filter(({ reason }) => reason === 'FieldManagerConflict') ?? [];
  if (fields.length === 0) return new KafkaHaError('conflict', `Cannot ${what}: ${sentence(status.message)}`);
  const owned = fields.map(({ field = '', message = '' }) => ({
    field,
    manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? 'another field manager',
  }));
  const managers = [...new Set(owned.map(({ manager }) => manager))].join(', ');
  return new KafkaHaError(
    'conflict',
    `Cannot ${what}: ${managers} owns ${count(owned.length, 'field')} of it.`,
    {
      hint: 'Let only one tool manage it: remove these fields from the other one.',
      details: owned.map(({ field, manager }) => `${field}: set by ${manager}`),
    },
  );
}

function refusedWithCauses({ what }: Refused, status: Status): KafkaHaError {
  const causes = status.details?.causes ?? [];
  const details = causes.map(({ field, message = '' }) => oneLine(field ? `${field}: ${message}` : message));
  return new KafkaHaError(
    'kubernetes-refused',
    `Kubernetes refuses to ${what}: ${sentence(status.message)}`,
    {
      details: details.length > 1 ? details : [],
    },
  );
}

function statusOf({ status, text }: Refused): Status {
  try {
    const parsed = JSON.parse(text) as Status | undefined;
    if (parsed?.kind === 'Status') return parsed;
  } catch {
    // A proxy in between answers in its own words.
  }
  return { kind: 'Status', message: `HTTP ${status} ${text.slice(0, 200)}` };
}

function sentence(message = 'no reason given'): string {
  const text = oneLine(message);
  return text.endsWith('.') ? text : `${text}.`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
