import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int64,
  type ValueOf,
} from '../codec.ts';
import { tag, taggedStruct } from '../tagged-struct.ts';

const request = flexibleStruct({
  /** Letters, digits, dots and dashes: a broker refuses others. */
  clientSoftwareName: compactString,
  clientSoftwareVersion: compactString,
});

/** Who asks. */
export const CLIENT_SOFTWARE: ValueOf<typeof request> = {
  clientSoftwareName: 'kafka-ha',
  clientSoftwareVersion: '0',
};

const apiKey = flexibleStruct({ key: int16, minVersion: int16, maxVersion: int16 });
const supportedFeature = flexibleStruct({ name: compactString, minVersion: int16, maxVersion: int16 });
const finalizedFeature = flexibleStruct({
  name: compactString,
  maxVersionLevel: int16,
  minVersionLevel: int16,
});

const response = taggedStruct(
  { errorCode: int16, apiKeys: compactArray(apiKey), throttleTimeMs: int32 },
  {
    /** What the binaries of the node that answers could do. */
    supportedFeatures: tag<readonly ValueOf<typeof supportedFeature>[]>(
      0,
      compactArray(supportedFeature),
      [],
    ),
    /**
     * -1: the node does not know yet what is finalised. Up to 4.3 it may then name a metadata.version of 7, which nobody
     * has finalised (KAFKA-19964).
     */
    finalizedFeaturesEpoch: tag(1, int64, -1),
    /** What the cluster may use. One that is not here has level 0. */
    finalizedFeatures: tag<readonly ValueOf<typeof finalizedFeature>[]>(
      2,
      compactArray(finalizedFeature),
      [],
    ),
    /** A controller of 3.x that is ready to take over in a migration. */
    zkMigrationReady: tag(3, bool, false),
  },
);

export type ApiVersions = ValueOf<typeof response>;

/** Version 3 leaves out features whose least level is 0 (KAFKA-17011). To the versions of before 3.9 this is an unknown one. */
export const apiVersionsApi: Api<ValueOf<typeof request>, ApiVersions> = {
  name: 'ApiVersions',
  key: 18,
  version: 4,
  flexible: true,
  plainAnswerHeader: true,
  changes: () => false,
  request,
  response,
};
