#!/usr/bin/env node
// Runs the command-line tool from its TypeScript sources: Node 20 cannot read them by itself.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv);
