import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { Cluster } from '@kafka-ha/cluster';
import { applyObject, getObject, type ObjectRef, refOf, withoutLease } from '@kafka-ha/kube';
import { fieldManager, renderServiceAccounts } from '@kafka-ha/manifests';

/**
 * Creates the pods' ServiceAccounts where they are missing. Those that exist are left as they are: an admin may have made
 * them, and annotated them. Where they may not even be read, they are taken as given.
 *
 * @throws KafkaHaError `forbidden` where one is missing and may not be made.
 */
export async function ensureAccounts({ kube, spec, signal }: Cluster): Promise<void> {
  for (const account of renderServiceAccounts(spec)) {
    if (await isThere(kube, refOf(account), signal)) continue;
    try {
      await applyObject(withoutLease('it makes what is missing', kube), account, { fieldManager, signal });
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
      throw new KafkaHaError(
        'forbidden',
        `ServiceAccount ${spec.namespace}/${account.metadata.name} is missing, and this account may not create it`,
        {
          hint: 'Have an admin run `kafka-ha render --admin --file FILE | kubectl apply -f -`, which creates it.',
          cause: error,
        },
      );
    }
  }
}

async function isThere(kube: Cluster['kube'], ref: ObjectRef, signal: AbortSignal): Promise<boolean> {
  try {
    return (await getObject(kube, ref, { signal })) !== undefined;
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'forbidden') return true;
    throw error;
  }
}
