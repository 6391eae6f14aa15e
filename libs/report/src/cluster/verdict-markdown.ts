import { components } from '@kafka-ha/manifests';
import { formatBytes } from '@kafka-ha/config';
import type { Facts, Finding, Verdict } from '@kafka-ha/health';
import { markdownTable } from '../table/markdown-table.ts';
import type { Table } from '../table/table.ts';
import { escapeMarkdown } from '../text/escape-markdown.ts';

/** A verdict as blocks of Markdown: the answer, what is wrong and what to do about it, the figures. */
export function verdictMarkdown(verdict: Verdict): string[] {
  const { findings, facts } = verdict;
  return [
    escapeMarkdown(headline(verdict)),
    ...(findings.length === 0 ? [] : [markdownTable(findingTable(findings))]),
    factList(facts),
  ];
}

function headline({ status, facts: { losses } }: Verdict): string {
  switch (status) {
    case 'healthy':
      return `Healthy: any ${losses.now ?? losses.promised} of its brokers may be lost at once.`;
    case 'unhealthy':
      return losses.now === null
        ? 'Not healthy: it is unknown how many brokers it could lose.'
        : `Not healthy: ${losses.now === 0 ? 'no broker' : `any ${losses.now}`} may be lost now, ${losses.promised} are promised.`;
    case 'unknown':
      return 'It could not be determined whether it is healthy.';
  }
}

function findingTable(findings: readonly Finding[]): Table {
  return {
    columns: ['severity', 'what', 'seen', 'what to do'].map((title) => ({ title, align: 'left' })),
    rows: findings.map(({ severity, subject, reason, action }) => [
      { text: severity, tone: severity === 'error' ? 'bad' : undefined },
      { text: subject },
      { text: reason },
      { text: action },
    ]),
  };
}

function factList({ brokers, quorum, partitions, fullestDisk }: Facts): string {
  const lines = [
    `brokers: ${brokers.registered ?? 'unknown'} of ${brokers.expected}`,
    `${components[quorum.component].noun}s: ${quorum.serving ?? 'unknown'} of ${quorum.expected}`,
  ];
  if (partitions !== null)
    lines.push(
      `partitions: ${partitions.total}, of which ${partitions.offline} offline, ${partitions.underMinIsr} under min ISR, ${partitions.underReplicated} under-replicated`,
    );
  if (fullestDisk !== null)
    lines.push(
      `fullest disk: ${formatBytes(fullestDisk.usedBytes)} of ${formatBytes(fullestDisk.sizeBytes)}, broker ${fullestDisk.brokerId}`,
    );
  return lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
}
