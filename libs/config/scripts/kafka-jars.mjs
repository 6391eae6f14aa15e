import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs a program of this folder with a Kafka version's jars; returns the lines that it prints, each split at its tabs.
 * The jars are taken from the folder of that name in `jars`, or fetched by Maven where that is undefined.
 */
export function askKafka(version, program, jars) {
  const temporary = mkdtempSync(join(tmpdir(), 'kafka-jars-'));
  try {
    const folder = jars === undefined ? fetchJars(version, temporary) : join(jars, version);
    const source = fileURLToPath(new URL(program, import.meta.url));
    const lines = run('java', ['-cp', join(folder, '*'), source])
      .trim()
      .split('\n');
    return lines.map((line) => line.split('\t'));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function fetchJars(version, directory) {
  const dependency = `<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>`;
  const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>${dependency}</dependencies></project>`;
  writeFileSync(join(directory, 'pom.xml'), pom);
  run('mvn', ['-q', '-B', '-f', directory, 'dependency:copy-dependencies', '-DoutputDirectory=jars']);
  return join(directory, 'jars');
}

function run(command, commandArguments) {
  return execFileSync(command, commandArguments, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
