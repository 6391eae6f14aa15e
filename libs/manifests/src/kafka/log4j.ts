/**
 * Kafka 3.9 logs through reload4j. Standard output alone: the kubelet keeps and rotates it.
 *
 * A restart of one broker tells 25 lines for every partition of who leads and follows it, which would rotate everything else
 * away. `kafka-configs.sh --entity-type broker-loggers` has a broker tell them while it runs.
 */
export const log4jProperties = `log4j.rootLogger=INFO, stdout
log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
log4j.appender.stdout.layout.ConversionPattern=[%d{ISO8601}] %p %m (%c)%n
log4j.logger.org.apache.zookeeper=WARN
log4j.logger.kafka.request.logger=WARN
log4j.logger.kafka.network.RequestChannel$=WARN
log4j.logger.state.change.logger=WARN
log4j.logger.kafka.server.ReplicaFetcherManager=WARN
log4j.logger.kafka.server.ReplicaFetcherThread=WARN
`;
