#!/bin/sh
# A Java run-time with what Kafka and ZooKeeper use and the tools to look into them: java.sh DIRECTORY
set -eu
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.management.rmi,java.naming
modules=$modules,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.attach
modules=$modules,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net
modules=$modules,jdk.unsupported,jdk.zipfs
# the archive of shared classes halves the time that a small JVM takes to start
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --generate-cds-archive --output "$1"
