import { z } from 'zod';
import { topicNamePattern } from '../names/topic-names.ts';
import { section, settingValue, text, wholeNumber } from './fields.ts';

/** The topics that a deployment creates. */
export function topicList() {
  return z
    .array(topic, 'a list of topics, each with name and partitions')
    .default([])
    .describe(
      'Topics that are created, with replicas laid out so that leadership stays even after any loss. An environment that lists topics replaces the whole list.',
    );
}

const topic = section({
  name: text(
    topicNamePattern,
    "a topic's name: at most 249 letters, digits, dots, underscores and hyphens",
  ).describe("The topic's name."),
  partitions: wholeNumber(1, 10_000).describe(
    'Partitions. On five brokers 20 stay evenly led after any single loss, 60 after any two.',
  ),
  allowMorePartitions: z
    .boolean('true or false')
    .optional()
    .describe(
      'Whether a deployment adds partitions to the topic where it has fewer. Records of a key then go to another partition than before, so their order is kept only within each.',
    ),
  config: z
    .record(z.string(), settingValue(), 'a mapping of topic settings')
    .default({})
    .describe('Topic settings by their Kafka name. Refused where they would break the promise.'),
});
