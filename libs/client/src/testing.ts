export { FakeBrokers } from './testing/fake-brokers.ts';
