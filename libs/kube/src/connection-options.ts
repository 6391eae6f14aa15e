import type https from 'node:https';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Kube } from './open-kube.ts';

/**
 * Certificates, headers and agent for a connection to the API server, for HTTP and WebSocket alike. Asked for each time:
 * credentials of a login plugin expire, and are had again here. Only the signal ends that before its time.
 *
 * @throws KafkaHaError `forbidden` when no credentials could be had.
 */
export async function connectionOptions(kube: Kube, signal?: AbortSignal): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {};
  const credential = await kube.login?.credential(signal);
  try {
    await kube.config.applyToHTTPSOptions(options);
  } catch (cause) {
    const reason = messageOf(cause).trim().replace(/\s+/g, ' ');
    throw new KafkaHaError('forbidden', `Cannot get credentials for context "${kube.context}": ${reason}.`, {
      hint: 'Log in again, or check the user of that context in the kubeconfig.',
      cause,
    });
  }
  const { token, clientCertificateData: cert, clientKeyData: key } = credential ?? {};
  if (token !== undefined) options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
  if (cert !== undefined && key !== undefined) Object.assign(options, { cert, key });
  const throughProxy = !!kube.config.getCurrentCluster()?.proxyUrl;
  return throughProxy ? options : { ...options, agent: kube.agent };
}
