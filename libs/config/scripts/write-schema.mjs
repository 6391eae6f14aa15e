#!/usr/bin/env node
/* Writes cluster.schema.json, from which editors know the cluster file. Run through tsx: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { clusterJsonSchema } from '../src/json-schema.ts';

const target = new URL('../../../cluster.schema.json', import.meta.url);
writeFileSync(target, await format(JSON.stringify(clusterJsonSchema()), { parser: 'json', printWidth: 110 }));
