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
  config: z
    .record(z.string(), settingValue(), 'a mapping of topic settings')
    .default({})
    .describe('Topic settings by their Kafka name. Refused where they would break the promise.'),
});
