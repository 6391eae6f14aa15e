import { formatBytes, type Spec } from '@kafka-ha/config';
import type { Facts, Finding, Verdict } from '@kafka-ha/health';
import { colorsOf } from './colors.ts';

type Colors = ReturnType<typeof colorsOf>;

/** A verdict as a person wants to read it: the answer first, then what is wrong, then the figures. */
export function printVerdict(spec: Spec, verdict: Verdict, stream: NodeJS.WriteStream): void {
  const colors = colorsOf(stream);
  const lines = [
    headline(spec, verdict, colors),
    ...verdict.findings.flatMap((finding) => describeFinding(finding, colors)),
    ...describeFacts(verdict.facts, colors),
  ];
  stream.write(`${lines.join('\n')}\n`);
}

function headline(
  { name, namespace }: Spec,
  { status, facts }: Verdict,
  { bold, green, red, yellow }: Colors,
): string {
  const cluster = bold(`${namespace}/${name}`);
  switch (status) {
    case 'healthy':
      return `${cluster} is ${green(bold('healthy'))}: ${survives(facts)}`;
    case 'unhealthy':
      return `${cluster} is ${red(bold('not healthy'))}: ${survives(facts)}`;
    case 'unknown':
      return `${cluster}: ${yellow(bold('unknown'))} whether it is healthy`;
  }
}

function survives({ losses }: Facts): string {
  if (losses.now === null) return 'it is unknown how many brokers it could lose';
  if (losses.now === 0) return `no broker may be lost now, ${losses.promised} promised`;
  return `any ${losses.now} of its brokers may be lost at once`;
}

function describeFinding(
  { code, severity, subject, reason, action }: Finding,
  { dim, red, yellow }: Colors,
): string[] {
  const mark = severity === 'error' ? red('✗') : yellow('!');
  return [`  ${mark} ${subject}: ${reason} ${dim(`(${code})`)}`, `    ${dim('→')} ${action}`];
}

function describeFacts(facts: Facts, { dim }: Colors): string[] {
  const { brokers, quorum, partitions, leaders, fullestDisk } = facts;
  const rows: [string, string][] = [
    [
      'brokers',
      `${brokers.registered ?? '?'} of ${brokers.expected} registered, controller ${brokers.controllerId ?? '?'}`,
    ],
    [
      quorum.component,
      `${quorum.serving ?? '?'} of ${quorum.expected} serving, leader ${quorum.leader ?? '?'}`,
    ],
  ];
  if (partitions !== null)
    rows.push([
      'partitions',
      `${partitions.total}: ${partitions.offline} offline, ${partitions.underMinIsr} under min ISR, ${partitions.underReplicated} under-replicated`,
    ]);
  if (leaders !== null)
    rows.push([
      'leaders',
      leaders.map(({ brokerId, partitions }) => `${brokerId}: ${partitions}`).join(', '),
    ]);
  if (fullestDisk !== null) {
    const { brokerId, usedBytes, sizeBytes } = fullestDisk;
    rows.push([
      'fullest disk',
      `broker ${brokerId}: ${formatBytes(usedBytes)} of ${formatBytes(sizeBytes)} (${Math.round((100 * usedBytes) / sizeBytes)} %)`,
    ]);
  }
  return rows.map(([label, value]) => `  ${dim(label.padEnd(13))} ${value}`);
}
