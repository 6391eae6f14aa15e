import preset from '../../jest.preset.mjs';

/** One minute for what has no limit of its own: a real cluster on two cores answers in seconds, not milliseconds. */
export default { ...preset, testMatch: ['**/*.e2e.ts'], testTimeout: 60_000 };
