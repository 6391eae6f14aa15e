#!/usr/bin/env -S node --max-semi-space-size=4
// Runs the command-line tool from its TypeScript sources: Node 20 cannot read them by itself.
import { register } from 'tsx/esm/api';

// What tsx loads it also keeps as text. The Kubernetes client is large and needs no translation, so it is loaded before;
// the commands that need no Kubernetes do without it.
const offline = ['init', 'validate', 'render', 'client', 'completion', '--help', '-h', '--version'];
if (!offline.includes(process.argv[2] ?? '--help')) await import('@kubernetes/client-node');
register();
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv);
