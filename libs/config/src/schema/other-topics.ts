import { z } from 'zod';
import { section, text, wholeNumber } from './fields.ts';

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
