import preset from '../../jest.preset.mjs';

export default { ...preset, testMatch: ['**/*.e2e.ts'] };
