import { configPath } from '../paths.ts';

/** A log on the volume of what becomes of a broker's registration, begun anew by each JVM. */
export type RegistrationLog = {
  path: string;
  loggers: readonly string[];
  /**
   * Of these loggers' messages only those that contain it. The thread that sends the heartbeats is the one that logs, and a
   * write to a volume at full speed can last longer than the session.
   */
  only: string;
};

/** What Kafka's log is made with: a file of the pod's template, and the JVM's option that names it. */
export type Logging = { files: Readonly<Record<string, string>>; javaOption: string };

/**
 * Kafka 3.9 logs through reload4j, Kafka 4 through Log4j 2. Standard output: the kubelet keeps and rotates it.
 *
 * A restart of one broker tells 25 lines for every partition of who leads and follows it, which would rotate everything else
 * away. `kafka-configs.sh --entity-type broker-loggers` has a broker tell them while it runs.
 */
export function loggingOf(kafkaVersion: string, registration?: RegistrationLog): Logging {
  return kafkaVersion.startsWith('3.')
    ? {
        files: { 'log4j.properties': log4j(registration) },
        javaOption: `-Dlog4j.configuration=file:${configPath}/log4j.properties`,
      }
    : {
        files: { 'log4j2.properties': log4j2(registration) },
        javaOption: `-Dlog4j2.configurationFile=${configPath}/log4j2.properties`,
      };
}

const quiet = [
  'org.apache.zookeeper',
  'kafka.request.logger',
  'kafka.network.RequestChannel$',
  'state.change.logger',
  'kafka.server.ReplicaFetcherManager',
  'kafka.server.ReplicaFetcherThread',
];

function log4j(registration?: RegistrationLog): string {
  return [
    `log4j.rootLogger=INFO, stdout
log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
log4j.appender.stdout.layout.ConversionPattern=[%d{ISO8601}] %p %m (%c)%n
`,
    ...quiet.map((logger) => `log4j.logger.${logger}=WARN\n`),
    registration === undefined
      ? ''
      : `log4j.appender.registration=org.apache.log4j.FileAppender
log4j.appender.registration.file=${registration.path}
log4j.appender.registration.append=false
log4j.appender.registration.layout=org.apache.log4j.PatternLayout
log4j.appender.registration.layout.ConversionPattern=%m%n
log4j.appender.registration.filter.1=org.apache.log4j.varia.StringMatchFilter
log4j.appender.registration.filter.1.StringToMatch=${registration.only}
log4j.appender.registration.filter.2=org.apache.log4j.varia.DenyAllFilter
`,
    ...(registration?.loggers ?? []).map((logger) => `log4j.logger.${logger}=INFO, registration\n`),
  ].join('');
}

function log4j2(registration?: RegistrationLog): string {
  return [
    `rootLogger.level=INFO
rootLogger.appenderRef.stdout.ref=stdout
appender.stdout.type=Console
appender.stdout.name=stdout
appender.stdout.layout.type=PatternLayout
appender.stdout.layout.pattern=[%d] %p %m (%c)%n
`,
    ...quiet.map((name, index) => `logger.quiet${index}.name=${name}\nlogger.quiet${index}.level=WARN\n`),
    registration === undefined
      ? ''
      : `appender.registration.type=File
appender.registration.name=registration
appender.registration.fileName=${registration.path}
appender.registration.append=false
appender.registration.layout.type=PatternLayout
appender.registration.layout.pattern=%m%n
appender.registration.filter.only.type=RegexFilter
appender.registration.filter.only.regex=.*${registration.only}.*
`,
    ...(registration?.loggers ?? []).map(
      (name, index) =>
        `logger.registration${index}.name=${name}\nlogger.registration${index}.level=INFO\nlogger.registration${index}.appenderRef.registration.ref=registration\n`,
    ),
  ].join('');
}
