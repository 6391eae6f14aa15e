/** ZooKeeper 3.9 logs through logback. Standard output alone: the kubelet keeps and rotates it. */
export const logbackXml = `<configuration>
  <appender name="stdout" class="ch.qos.logback.core.ConsoleAppender">
    <encoder>
      <pattern>[%d{ISO8601}] %p %m \\(%logger{1}\\)%n</pattern>
    </encoder>
  </appender>
  <logger name="org.apache.zookeeper.server.NIOServerCnxn" level="WARN" />
  <root level="INFO">
    <appender-ref ref="stdout" />
  </root>
</configuration>
`;
