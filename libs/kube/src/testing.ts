export {
  acceptWebSockets,
  aKubeconfig,
  aStatus,
  fakeApiServer,
  type FakeApiServer,
  type Received,
  type Reply,
} from './testing/fake-api-server.ts';
