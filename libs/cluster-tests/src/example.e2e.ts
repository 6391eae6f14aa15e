import { afterAll, beforeAll, describe } from '@jest/globals';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { deployTests } from './example/deploy-tests.ts';
import { drillTests } from './example/drill-tests.ts';
import { deployExample, type Example } from './example/example.ts';
import { planTests } from './example/plan-tests.ts';
import { rollTests } from './example/roll-tests.ts';

const minute = 60_000;
const namespace = freshNamespace('example');
const real = realCluster();
const example = {} as Example;

describe('example', () => {
  beforeAll(async () => {
    Object.assign(example, await deployExample(real, namespace));
  }, 5 * minute);

  afterAll(() => removeNamespace(real, namespace), 3 * minute);

  // On one cluster, as each start of five brokers takes its time.
  describe('deploy', () => deployTests(example));
  describe('plan', () => planTests(example));
  describe('drill', () => drillTests(example));
  describe('roll', () => rollTests(example));
});
