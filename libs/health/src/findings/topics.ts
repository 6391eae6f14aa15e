import { prove, quorumServersOf, type Spec } from '@kafka-ha/config';
import { count } from '@kafka-ha/base';
import { probeTopic, topicsOf } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import { least } from '../least.ts';
import { judgePartitions } from '../partition-condition.ts';
import { valueOf, type State, type TopicState } from '../state.ts';
import { toleranceOfTopic } from '../tolerance-of-topic.ts';
import { sentence, sentences } from '../wording.ts';
import { droppedFinding } from './brokers.ts';
import { topicSubject } from './topic-subject.ts';

/** Topics that should be there, and every topic's own settings against the promise, whoever made it. */
export function topicFindings(spec: Spec, state: State): Finding[] {
  const topics = valueOf(state.topics);
  if (topics === undefined) return [];
  return [
    ...absent(spec, topics),
    ...topics.flatMap((topic) => [
      ...promise(spec, state, topic),
      ...uncleanElection(topic),
      ...partitionCount(spec, topic),
      ...droppedFinding(spec, `topic ${topic.name}`, topic.dropped ?? []),
    ]),
  ];
}

/** The topic that this project probes with is not missed: nobody's data is in it. */
function absent(spec: Spec, topics: readonly TopicState[]): Finding[] {
  return topicsOf(spec)
    .filter(({ name }) => name !== probeTopic && !topics.some((topic) => topic.name === name))
    .map(({ name }) => {
      const listed = spec.topics.some((topic) => topic.name === name);
      return listed
        ? finding('topic-missing', `topic ${name}`, 'The cluster file lists it, but it does not exist.')
        : finding('internal-topic-missing', `topic ${name}`, 'Kafka needs it, but it does not exist.');
    });
}

/** The proof of the cluster file, repeated for what is there: the topic's weakest partition, its own min.insync.replicas. */
function promise(spec: Spec, state: State, topic: TopicState): Finding[] {
  const judged = judgePartitions(state, topic);
  const factor = least(judged.map(({ assigned }) => assigned.length));
  const weakest = judged.filter(({ assigned }) => assigned.length === factor);
  const tolerance = toleranceOfTopic(spec, topic);
  const proof = prove({
    brokers: Math.max(spec.brokers, factor),
    factor,
    minInSync: topic.minInSync,
    tolerance,
    quorumServers: quorumServersOf(spec),
    mode: spec.mode,
  });
  if (proof.kind === 'holds') return [];
  return [
    finding(
      'topic-breaks-promise',
      topicSubject(
        topic,
        weakest.map(({ partition }) => partition.partition),
      ),
      sentences(
        `Its replication factor is ${factor} and its min.insync.replicas ${topic.minInSync}.`,
        ...proof.reasons.map(sentence),
      ),
      keepPromise(replicationFor(spec, tolerance), factor, topic, mayDiffer(spec, topic)),
    ),
  ];
}

function keepPromise(
  wanted: Spec['replication'],
  factor: number,
  { minInSync }: TopicState,
  mayDiffer: boolean,
): string {
  const other = mayDiffer
    ? ' name it with a tolerance of its own under otherTopics in the cluster file,'
    : '';
  return sentences(
    factor < wanted.factor
      ? `Reassign it to ${count(wanted.factor, 'replica')},${other} or delete it if nobody needs it.`
      : null,
    minInSync === wanted.minInSync ? null : `Set its min.insync.replicas to ${wanted.minInSync}.`,
  );
}

/** The cluster's own for its tolerance, and what follows from another one. */
function replicationFor({ replication, tolerance }: Spec, wanted: number): Spec['replication'] {
  return wanted === tolerance ? replication : { factor: 2 * wanted + 1, minInSync: wanted + 1 };
}

function mayDiffer(spec: Spec, { name, internal }: TopicState): boolean {
  return !internal && name !== probeTopic && !spec.topics.some((topic) => topic.name === name);
}

function uncleanElection(topic: TopicState): Finding[] {
  if (!topic.uncleanElection) return [];
  return [
    finding('topic-unclean-election', `topic ${topic.name}`, 'Its unclean.leader.election.enable is true.'),
  ];
}

function partitionCount(spec: Spec, topic: TopicState): Finding[] {
  const inFile = spec.topics.find(({ name }) => name === topic.name);
  const wanted = inFile?.partitions;
  const found = topic.partitions.length;
  if (wanted === undefined || wanted === found) return [];
  const reason = `It has ${count(found, 'partition')}, and the cluster file says ${wanted}.`;
  const action =
    found > wanted
      ? `Partitions cannot be removed: put ${found} into the cluster file, or delete the topic and create it again.`
      : inFile?.allowMorePartitions === true
        ? 'Run `kafka-ha deploy`, which adds them.'
        : `Set \`allowMorePartitions: true\` in the topic and run \`kafka-ha deploy\`, which adds them. Records with the same key then go to another partition than before. Or put ${found} into the cluster file.`;
  return [finding('topic-partitions-differ', `topic ${topic.name}`, reason, action)];
}
