import { z } from 'zod';
import { topicNameClashes, topicNamePattern, topicNameRefusal } from '../names/topic-names.ts';
import { section, settingValue, text, wholeNumber } from './fields.ts';

/** The topics that a deployment creates. */
export function topicList() {
  return z
    .array(topic, 'a list of topics, each with name and partitions')
    .superRefine((topics, context) => {
      for (const [index, message] of topicNameClashes(topics.map(({ name }) => name)))
        context.addIssue({ code: 'custom', path: [index, 'name'], message });
    })
    .default([])
    .describe(
      'Topics that are created, with replicas laid out so that leadership stays even after any loss.',
    );
}

const topic = section({
  name: text(topicNamePattern, "a topic's name: at most 249 letters, digits, dots, underscores and hyphens")
    .superRefine((name, context) => {
      const message = topicNameRefusal(name);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .describe("The topic's name."),
  partitions: wholeNumber(1, 10_000).describe(
    'Partitions. On five brokers 20 stay evenly led after any single loss, 60 after any two.',
  ),
  config: z
    .record(z.string(), settingValue(), 'a mapping of topic settings')
    .default({})
    .describe('Topic settings by their Kafka name. Refused where they would break the promise.'),
});
