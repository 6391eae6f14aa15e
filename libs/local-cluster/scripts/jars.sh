#!/bin/sh
# Copies artifacts and what they need at run time: jars.sh DIRECTORY GROUP:ARTIFACT:VERSION...
set -eu
directory=$1
shift
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
{
  echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
  echo '<groupId>kafka-ha</groupId><artifactId>jars</artifactId><version>1</version><packaging>pom</packaging><dependencies>'
  echo "$@" | tr ' ' '\n' | while IFS=: read -r group artifact version; do
    echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
  done
  echo '</dependencies></project>'
} > "$project/pom.xml"
mvn --batch-mode --strict-checksums -f "$project/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$directory"
