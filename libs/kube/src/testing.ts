export {
  acceptWebSockets,
  aKubeconfig,
  aStatus,
  fakeApiServer,
  fakeClock,
  type FakeApiServer,
  type Received,
  type Reply,
} from './testing/fake-api-server.ts';
