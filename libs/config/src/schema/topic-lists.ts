import { z } from 'zod';
import { topicNamePattern } from '../names.ts';
import { section, settingValue, text, wholeNumber } from './fields.ts';

/** The topics that a deployment creates. */
export function topicList() {
  return z
    .array(topic, 'a list of topics, each with name and partitions')
    .default([])
    .describe(
      'Topics that a deployment creates, with replica lists that keep leadership even after losses. An environment that lists topics replaces the whole list.',
    );
}

const topic = section({
  name: text(
    topicNamePattern,
    "a topic's name: at most 249 letters, digits, dots, underscores and hyphens",
  ).describe("The topic's name."),
  partitions: wholeNumber(1, 10_000).describe(
    'Number of partitions. On five brokers, leadership of 20 partitions stays even after any single loss, of 60 after any two.',
  ),
  allowMorePartitions: z
    .boolean('true or false')
    .optional()
    .describe(
      'Whether a deployment adds partitions if the topic has fewer. Records with the same key then go to another partition than before, so their order across that change is not kept.',
    ),
  config: z
    .record(z.string(), settingValue(), 'a mapping of topic settings')
    .default({})
    .describe('Topic settings by their Kafka name. Settings that would break the promise are refused.'),
});

/** Topics of others, and how much of a loss each is to bear. */
export function otherTopicList() {
  return z
    .array(otherTopic, 'a list of topics of others, each with name and tolerance')
    .default([])
    .describe(
      'Topics that others create and that need less than the promise, such as those of Kafka Connect or a schema registry. Health judges each by its own tolerance. A deployment neither creates nor changes them. A roll goes on even if a topic of tolerance 0 is unavailable meanwhile, and says so.',
    );
}

const otherTopic = section({
  name: text(
    /^[A-Za-z0-9._-]{1,249}\*?$/,
    'a topic\'s name, or a prefix of several names followed by "*", such as "connect-*"',
  ).describe("The topic's name, or a prefix of several names followed by `*`, such as `connect-*`."),
  tolerance: wholeNumber(0, 20).describe(
    'How many brokers may be lost at once while this topic stays available. With 0 a single replica is enough.',
  ),
});
