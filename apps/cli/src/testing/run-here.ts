import { jest } from '@jest/globals';
import { main } from '../main.ts';
import type { CommandResult } from '../testing.ts';

/** Runs the tool in this process, as `bin/kafka-ha.mjs` does in its own. */
export async function runHere(args: readonly string[]): Promise<Omit<CommandResult, 'tookMs'>> {
  const said = { stdout: '', stderr: '' };
  const listen = (name: 'stdout' | 'stderr') =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  const listening = [listen('stdout'), listen('stderr')];
  const colours = jest.replaceProperty(process, 'env', { ...process.env, NO_COLOR: '1' });
  try {
    return { exitCode: await main([process.execPath, 'kafka-ha', ...args]), ...said };
  } finally {
    colours.restore();
    for (const each of listening) each.mockRestore();
  }
}
