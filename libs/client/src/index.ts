export { consume, type ConsumeOptions, type ReadRecord } from './consume.ts';
export { jsonOfRecord, recordOfJson } from './json-record.ts';
export { openClient, type Client } from './open-client.ts';
export { produce, type NewRecord } from './produce.ts';
export { readGroups, type Group, type GroupTopic } from './read-groups.ts';
