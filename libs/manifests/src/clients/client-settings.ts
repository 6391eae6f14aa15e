import type { Spec } from '@kafka-ha/config';
import { bootstrapHost } from '../hosts.ts';
import { kafkaPorts } from '../ports.ts';
import { quorumManifests } from '../quorum.ts';
import {
  clientLibraries,
  type ClientLibrary,
  type ClientLibraryName,
  type ClientTerms,
} from './client-libraries.ts';

/** What the Java client takes where nobody says anything, and twice the minute that an interruption may last. */
const leastDeliveryMs = 120_000;

/** What clients of this cluster are told. */
export function clientTerms(
  spec: Pick<Spec, 'name' | 'namespace' | 'objectives' | 'ingest' | 'mode'>,
): ClientTerms {
  return {
    bootstrap: `${bootstrapHost(spec)}:${kafkaPorts.clients}`,
    deliveryMs: Math.max(leastDeliveryMs, 2 * spec.objectives.interruptionMs),
    requestMs: quorumManifests(spec).sessionEndMs,
    compressed: spec.ingest.compression > 1,
  };
}

/** The settings of a library that keep the cluster's promise, with what it would do without them, as text to paste. */
export function clientSettings(terms: ClientTerms, name: ClientLibraryName): string {
  const library: ClientLibrary = clientLibraries[name];
  const { title, withDefaults, notes, comment, producer, consumer } = library;
  const remark = (text: string) => `${comment} ${text}\n`;
  return [
    remark(`${title}. With its defaults: ${withDefaults}`),
    ...notes.map((note) => remark(note)),
    '\n',
    remark(
      'Producer: a record counts once it is acknowledged. Give those that belong together the same key.',
    ),
    producer(terms),
    '\n',
    remark('Consumer: NAME is that of its group. Commit once what was read is stored.'),
    consumer(terms),
  ].join('');
}
