import { expect } from '@jest/globals';
import { runOutputs } from '../action.ts';
import type { ActionYml } from './read-action-yml.ts';

type Contract = {
  inputs: { shape: Readonly<Record<string, unknown>>; parse(value: unknown): Record<string, unknown> };
  outputs: Readonly<Record<string, string>>;
};

/** What a workflow reads in action.yml is what the code does. */
export function expectContract(
  yml: ActionYml,
  { inputs, outputs }: Contract,
  furtherRuns: Partial<ActionYml['runs']> = {},
): void {
  expect(Object.keys(yml.inputs)).toEqual(Object.keys(inputs.shape));
  expect(Object.keys(yml.outputs)).toEqual([...Object.keys(runOutputs), ...Object.keys(outputs)]);
  const defaults = Object.entries(yml.inputs).flatMap(([name, input]) =>
    // GitHub fills in its own expressions; the code sees what they give.
    input.default === undefined || input.default.includes('${{') ? [] : [[name, input.default] as const],
  );
  // A default that is written down gives what leaving the input out gives.
  expect(inputs.parse(Object.fromEntries(defaults))).toEqual(inputs.parse({}));
  expect(Object.values(yml.inputs).filter(({ required }) => required)).toEqual([]);
  // The runner takes an expression for one in a description as well, and does not start the action.
  expect(Object.values(yml.inputs).filter(({ description }) => description.includes('${{'))).toEqual([]);
  expect(yml.runs).toEqual({ using: 'node24', main: 'dist/index.cjs', ...furtherRuns });
}
