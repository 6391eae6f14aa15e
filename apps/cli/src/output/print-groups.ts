import { grouped } from '@kafka-ha/base';
import type { Group, GroupTopic } from '@kafka-ha/client';
import type { Table } from '@kafka-ha/report';
import { tableText } from './table-text.ts';

/** One row per group and topic. */
export function printGroups(groups: readonly Group[], stream: NodeJS.WriteStream): void {
  stream.write(
    groups.length === 0 ? 'There are no consumer groups.\n' : `${tableText(tableOf(groups), stream)}\n`,
  );
}

function tableOf(groups: readonly Group[]): Table {
  return {
    columns: [
      { title: 'group', align: 'left' },
      { title: 'state', align: 'left' },
      { title: 'members', align: 'right' },
      { title: 'topic', align: 'left' },
      { title: 'lag', align: 'right' },
    ],
    rows: groups.flatMap((group) => {
      const topics: (GroupTopic | undefined)[] = group.topics.length === 0 ? [undefined] : [...group.topics];
      return topics.map((topic, index) => rowOf(group, topic, index === 0));
    }),
  };
}

/** A group is named once, above its other topics. */
function rowOf({ group, state, members }: Group, topic: GroupTopic | undefined, isFirst: boolean) {
  const once = (text: string) => ({ text: isFirst ? text : '' });
  return [
    once(group),
    once(state ?? '?'),
    once(members === null ? '?' : String(members)),
    { text: topic?.topic ?? '–' },
    { text: topic === undefined ? '–' : topic.lag === null ? '?' : grouped(topic.lag) },
  ];
}
