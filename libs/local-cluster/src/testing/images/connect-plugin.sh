#!/bin/sh
# Unpacks a plugin of Kafka Connect into a new directory: connect-plugin.sh DIRECTORY GROUP:ARTIFACT:VERSION:TYPE:CLASSIFIER
set -eu
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT
mvn --batch-mode --strict-checksums org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$2" -DoutputDirectory="$fetched"
mkdir -p "$1"
tar -C "$1" --no-same-owner -xf "$fetched"/*
