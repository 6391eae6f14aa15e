import { z } from 'zod';
import { section, text, wholeNumber } from './fields.ts';

/** Topics of others, and how much of a loss each is to bear. */
export function otherTopicList() {
  return z
    .array(otherTopic, 'a list of topics of others, each with name and tolerance')
    .default([])
    .describe(
      'Topics that others make and that need less than the promise, such as those of Kafka Connect or of a schema registry. Health judges each by its own tolerance; a deployment neither makes nor changes them. A roll goes on where one of tolerance 0 is unavailable meanwhile, and says so.',
    );
}

const otherTopic = section({
  name: text(
    /^[A-Za-z0-9._-]{1,249}\*?$/,
    'a topic\'s name, or the beginning of several with a "*" at its end, such as "connect-*"',
  ).describe("The topic's name, or the beginning of several with a `*` at its end: `connect-*`."),
  tolerance: wholeNumber(0, 20).describe(
    'How many brokers may be lost at once with this topic going on: 0 lets it have a single replica.',
  ),
});
