import { KafkaHaError } from '@kafka-ha/base';
import type { ClientLibraryName } from '@kafka-ha/manifests';
import type { Command } from 'commander';
import { fileCommand, type FileOptions } from '../options.ts';

type Options = FileOptions & { library?: string };

/** `kafka-ha client`: what an application has to set, so that the promise holds for what it writes. */
export function clientCommand(): Command {
  return fileCommand('client', "print the settings with which an application's client keeps the promise")
    .option('-l, --library <name>', 'of this client library (default: a table of all)')
    .addHelpText(
      'after',
      '\nkafka-ha client --library java\n\nWhat the defaults of each library do: docs/clients.md.',
    )
    .action((_, self: Command) => client(self.optsWithGlobals<Options>()));
}

async function client(options: Options): Promise<void> {
  const { clientLibraries, clientSettings, clientTerms } = await import('@kafka-ha/manifests');
  const { loadSpec } = await import('../load-spec.ts');
  const { library, json } = options;
  const names = Object.keys(clientLibraries) as ClientLibraryName[];
  const name = names.find((each) => each === library);
  if (library !== undefined && name === undefined)
    throw new KafkaHaError('invalid-usage', `--library takes ${names.join(', ')}, not ${library}`, {
      hint: 'Take the one that yours is built on: confluent-kafka, for example, is librdkafka.',
    });
  const terms = clientTerms((await loadSpec(options)).spec);
  if (json === true) {
    const of = (each: ClientLibraryName) => {
      const { title, language, defaults, withDefaults, notes } = clientLibraries[each];
      return {
        library: each,
        title,
        language,
        defaults,
        withDefaults,
        notes,
        settings: clientSettings(terms, each),
      };
    };
    const document = { ...terms, libraries: (name === undefined ? names : [name]).map(of) };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (name !== undefined) process.stdout.write(clientSettings(terms, name));
  else {
    const { tableText } = await import('../output/table-text.ts');
    const columns = ['library', 'acks', 'idempotent', 'gives up after'].map((title) => ({
      title,
      align: 'left' as const,
    }));
    const rows = names.map((each) => {
      const { acks, idempotent, givesUpAfter } = clientLibraries[each].defaults;
      return [each, acks, idempotent, givesUpAfter].map((text) => ({ text }));
    });
    const table = tableText({ columns, rows }, process.stdout);
    process.stdout.write(
      `${table}\n\nThese are the defaults. kafka-ha client --library NAME prints what to set.\n`,
    );
  }
}
