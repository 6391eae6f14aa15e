import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Answers } from './answers.ts';
import { ask, type Typed } from './ask.ts';

/** A person who answers each question that has the words, once each, and every other one with Enter. */
function aPerson(replies: [words: string, answer: string][]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const asked: string[] = [];
  output.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    if (!text.includes(']: ')) return;
    asked.push(text);
    const index = replies.findIndex(([words]) => text.includes(words));
    const [[, answer] = ['', '']] = index < 0 ? [] : replies.splice(index, 1);
    setImmediate(() => input.write(`${answer}\n`));
  });
  return { input, output, asked, signal: new AbortController().signal };
}

const given: Partial<Answers> = { name: 'events', namespace: 'kafka', actions: 'acme/kafka-ha@v1' };

describe('ask', () => {
  test('what an option has said is not asked; Enter takes the default, which follows from what was said', async () => {
    const person = aPerson([['brokers [5]', '3']]);
    expect(await ask(given, {}, person)).toEqual({
      ...given,
      mode: 'kraft',
      brokers: 3,
      tolerance: 1,
      rate: '100MB/s',
      environments: ['local'],
    });
    expect(person.asked).toHaveLength(5);
  });

  test('an answer that is none is asked for again, and it is said what it takes', async () => {
    const said: string[] = [];
    const person = aPerson([
      ['metadata', 'raft'],
      ['environments', 'prod'],
      ['environments', 'none'],
    ]);
    person.output.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    expect(await ask(given, {}, person)).toMatchObject({ mode: 'kraft', environments: [] });
    expect(said.join('')).toContain('takes one of kraft, zookeeper');
    expect(said.join('')).toContain('takes local, staging, both with a comma between, or none');
  });

  test('asked again after a refusal, a person is offered what was typed before', async () => {
    const typed: Typed = {};
    await ask(given, typed, aPerson([['at once', '3']]));
    const again = aPerson([]);
    expect(await ask(given, typed, again)).toMatchObject({ tolerance: 3 });
    expect(again.asked.join('')).toContain('lost at once [3]');
  });

  test('the end of the input, or a signal, ends the questions', async () => {
    const gone = aPerson([]);
    gone.input.end();
    await expect(ask({}, {}, gone)).rejects.toMatchObject({ code: 'aborted' });
    const stopped = { ...aPerson([]), signal: AbortSignal.abort() };
    await expect(ask({}, {}, stopped)).rejects.toMatchObject({ code: 'aborted' });
  });
});
