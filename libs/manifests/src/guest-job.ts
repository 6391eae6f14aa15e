import type { Spec } from '@kafka-ha/config';
import { clusterLabels } from './labels.ts';
import { awayFromBrokers } from './pod/placement.ts';
import { podSettings } from './pod/pod-settings.ts';
import { containerSecurity, podSecurity } from './pod/security.ts';
import { type Json, type JsonObject, type KubernetesObject } from './kubernetes-object.ts';

/** What an operation runs beside the cluster for a while: the load of a bench or of a drill. */
export type Guest = {
  name: string;
  component: GuestComponent;
  /** Kubernetes ends it then, whatever became of the tool. */
  deadlineSeconds: number;
  container: GuestContainer;
  /** What runs beside it, and matters to nobody but it. */
  beside?: readonly GuestContainer[];
  volumes?: readonly JsonObject[];
};

export type GuestContainer = { name: string; image: string; memory: string; [field: string]: Json };

export type GuestComponent = 'bench' | 'drill';

/** The name of the container that is the guest, whatever is injected beside it. */
export const guestContainer = { bench: 'producer', drill: 'workload' } as const satisfies Record<
  GuestComponent,
  string
>;

/** All that such an operation makes in Kubernetes has these labels, and nothing else has. */
export function guestLabels(spec: Spec, component: GuestComponent): Record<string, string> {
  return { ...clusterLabels(spec), 'app.kubernetes.io/component': component };
}

/** As a label selector: what no guest has made. A deployment removes nothing of a drill that runs. */
export const noGuests = 'app.kubernetes.io/component notin (bench,drill)';

/** A Job of one pod that is never tried again, within what Pod Security `restricted` allows. */
export function guestJob(spec: Spec, guest: Guest): KubernetesObject {
  const labels = guestLabels(spec, guest.component);
  const pods = spec.pods.workload;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: guest.name, namespace: spec.namespace, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: guest.deadlineSeconds,
      // Should nobody come back to delete it.
      ttlSecondsAfterFinished: 600,
      template: {
        metadata: { labels: { ...pods.labels, ...labels }, annotations: pods.annotations },
        spec: { ...podSettings(pods), ...podSpec(spec, guest) },
      },
    },
  };
}

function podSpec(spec: Spec, { container, beside = [], volumes }: Guest) {
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 5,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // A client on a broker's node takes its CPU.
    affinity: awayFromBrokers(spec),
    securityContext: podSecurity,
    containers: [container, ...beside].map((each) => containerOf(spec, each)),
    ...(volumes && { volumes }),
  };
}

function containerOf(spec: Spec, { memory, ...container }: GuestContainer) {
  return {
    ...container,
    imagePullPolicy: spec.images.pullPolicy,
    // A request that fits anywhere: it takes what CPU is left.
    resources: { requests: { cpu: '100m', memory }, limits: { memory } },
    securityContext: containerSecurity,
  };
}
