import { readLine, type Terminal } from '../read-line.ts';
import { type Answers, type Question, questions } from './answers.ts';

/** What a person has typed so far, to offer it again. */
export type Typed = Partial<Record<keyof Answers, string>>;

/**
 * Asks a person for what no option has given, one question after the other; an answer that is none is asked for again.
 * Nothing but Enter takes what stands in brackets: what was typed before, or the default.
 *
 * @throws KafkaHaError `aborted` at Ctrl-C or the end of the input.
 */
export async function ask(given: Partial<Answers>, typed: Typed, terminal: Terminal): Promise<Answers> {
  let answers = given;
  for (const key of Object.keys(questions) as (keyof Answers)[]) {
    if (answers[key] !== undefined) continue;
    const { text, kind, whenLeftOut } = questions[key] as Question<unknown>;
    const offered = typed[key] ?? whenLeftOut(answers);
    for (;;) {
      const answer = (await readLine(`${text} [${offered}]: `, terminal)) || offered;
      const value = kind.parse(answer);
      if (value !== undefined) {
        typed[key] = answer;
        answers = { ...answers, [key]: value };
        break;
      }
      terminal.output.write(`  takes ${kind.takes}\n`);
    }
  }
  return answers as Answers;
}
