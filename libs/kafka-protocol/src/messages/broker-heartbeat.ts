import type { Api } from '../api.ts';
import { bool, flexibleStruct, int16, int32, int64, type ValueOf } from '../codec.ts';

const request = flexibleStruct({
  brokerId: int32,
  /** Of one incarnation: each registration has another, so that this can never be taken for its successor's. */
  brokerEpoch: int64,
  /** -1 from one that has none. */
  currentMetadataOffset: int64,
  wantFence: bool,
  wantShutDown: bool,
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  /** NOT_CONTROLLER: the next controller is to be asked. STALE_BROKER_EPOCH: that incarnation is gone already. */
  errorCode: int16,
  isCaughtUp: bool,
  isFenced: bool,
  shouldShutDown: bool,
});

/** Controllers alone know it. With `wantFence`, a dead broker is fenced ahead of the end of its session. */
export const brokerHeartbeatApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'BrokerHeartbeat',
  key: 63,
  version: 0,
  flexible: true,
  changes: () => true,
  request,
  response,
};
