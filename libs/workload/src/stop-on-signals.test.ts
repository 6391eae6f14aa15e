import { EventEmitter } from 'node:events';
import { describe, expect, jest, test } from '@jest/globals';
import { stopOnSignals } from './stop-on-signals.ts';

describe('stopOnSignals', () => {
  test('a second SIGTERM, and a third, say nothing new: the load reads everything back', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
    const told: string[] = [];
    const signalled = Object.assign(new EventEmitter(), {
      stderr: { write: (text: string) => told.push(text) },
    });
    const stop = stopOnSignals(signalled);
    expect(stop.aborted).toBe(false);
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT']) signalled.emit(signal);
    expect(stop.aborted).toBe(true);
    expect(told).toHaveLength(1);
    expect(exit).not.toHaveBeenCalled();
    exit.mockRestore();
  });
});
