import { describe, expect, test } from '@jest/globals';
import { quietTimers } from './quiet-timers.ts';

describe('quietTimers', () => {
  test('only the warning of a timer that is due already is kept from the user', () => {
    const emitWarning = process.emitWarning.bind(process);
    const told: unknown[][] = [];
    process.emitWarning = (...warning: unknown[]) => void told.push(warning);
    try {
      quietTimers();
      quietTimers();
      process.emitWarning('-1 is a negative number.', 'TimeoutNegativeWarning');
      process.emitWarning('something else', 'OtherWarning');
    } finally {
      process.emitWarning = emitWarning;
    }
    expect(told).toEqual([['something else', 'OtherWarning']]);
  });
});
