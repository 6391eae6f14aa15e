export { default } from '../../jest.e2e.preset.mjs';
