export { expectQuickBundle, expectSameBytes } from './testing/expect-bundle.ts';
export { expectContract } from './testing/expect-contract.ts';
export { expectNoSecrets } from './testing/expect-no-secrets.ts';
export { fakeGitHub, type FakeGitHub, type RecordedCall } from './testing/fake-github.ts';
export { readActionYml, type ActionYml } from './testing/read-action-yml.ts';
export { readWorkflow, type Workflow } from './testing/read-workflow.ts';
export { runBundle, type BundleOptions, type BundleResult } from './testing/run-bundle.ts';
export {
  commitAll,
  copyOfRepository,
  expectEnd,
  runWorkflow,
  skipSetup,
  type RepositoryCopy,
  type WorkflowResult,
} from './testing/run-workflow.ts';
