import type https from 'node:https';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';
import type { Kube } from './open-kube.ts';

/**
 * Certificates, headers and agent for a connection to the API server, for HTTP and WebSocket alike. Asked for each time:
 * tokens of an exec plugin expire, and client-node renews them here.
 *
 * @throws KafkaHaError `forbidden` when no credentials could be had.
 */
export async function connectionOptions(kube: Kube): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {};
  try {
    await kube.config.applyToHTTPSOptions(options);
  } catch (cause) {
    const reason = messageOf(cause).trim().replace(/\s+/g, ' ');
    throw new KafkaHaError('forbidden', `Cannot get credentials for context "${kube.context}": ${reason}.`, {
      hint: 'Log in again, or check the user of that context in the kubeconfig.',
      cause,
    });
  }
  const throughProxy = kube.config.getCurrentCluster()?.proxyUrl !== undefined;
  return throughProxy ? options : { ...options, agent: kube.agent };
}
