import { getInput } from '@actions/core';
import { KafkaHaError } from '@kafka-ha/base';
import type { InputSchema } from '../action.ts';
import { secretInputs } from './cluster-inputs.ts';

/**
 * The inputs of the action that runs, parsed.
 *
 * @throws KafkaHaError `invalid-usage` with every wrong input: its name, what it got and what it takes.
 */
export function readInputs<Inputs>(schema: InputSchema<Inputs>): Inputs {
  const written = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = getInput(name);
      return value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `input ${name} got ${shown(name, written[name])}, takes ${message}`;
  });
  throw new KafkaHaError('invalid-usage', problems.join('; '), {
    hint: 'Correct what stands under `with:` in the workflow.',
  });
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return secretInputs.includes(name) ? 'something' : JSON.stringify(value);
}
