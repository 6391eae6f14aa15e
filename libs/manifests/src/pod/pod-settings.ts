import type { PodSettings } from '@kafka-ha/config';
import type { JsonObject } from '../kubernetes-object.ts';

/** What the cluster file says of a pod's spec. Fields that it leaves out are left out. */
export function podSettings(pods: PodSettings): JsonObject {
  const { imagePullSecrets, nodeSelector, tolerations, priorityClassName } = pods;
  return {
    ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    ...(tolerations.length > 0 && { tolerations }),
    ...(priorityClassName !== null && { priorityClassName }),
  };
}
