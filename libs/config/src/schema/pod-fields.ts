import { z } from 'zod';
import { dnsNamePattern } from '../names.ts';
import { oneOf, section, settingValue, text, wholeNumber } from './fields.ts';

/** A label's value as Kubernetes takes it; it may be empty. */
const labelValuePattern = /^(?=.{0,63}$)([a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?)?$/;
/** The name of a label, of an annotation or of a taint as Kubernetes takes it: `team`, `example.com/team`. */
const qualifiedNamePattern =
  /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const ownLabels = new Set(
  ['component', 'instance', 'managed-by', 'name', 'part-of'].map((name) => `app.kubernetes.io/${name}`),
);
const zoneLabels = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']);

/** What every pod gets, and beside it what those of one component get. */
export function podFields() {
  return section({
    imagePullSecrets: z
      .array(pullSecret, 'a list of names of Secrets')
      .default([])
      .describe(
        'Secrets with the logins of private registries, by name or as `{name: …}`. Create them in the namespace beforehand.',
      ),
    ...componentFields('all pods'),
    kafka: section(componentFields('the brokers'))
      .prefault({})
      .describe(
        'Only for the brokers. Mappings are merged over those of all pods; lists and values replace them.',
      ),
    zookeeper: section(componentFields('the ZooKeeper servers'))
      .prefault({})
      .describe('The same for the ZooKeeper servers.'),
    controllers: section(componentFields('the controllers'))
      .prefault({})
      .describe('The same for the controllers.'),
    workload: section(componentFields('the loads'))
      .prefault({})
      .describe('The same for the loads of drills and benches.'),
    exporter: section(componentFields('exporter pods'))
      .prefault({})
      .describe('The same for the exporter of metrics.'),
  })
    .prefault({})
    .describe('Nodes, labels and annotations of the pods. A change restarts them, one at a time.');
}

const pullSecret = z.union(
  [secretName(), section({ name: secretName() }).transform(({ name }) => name)],
  'the name of a Secret',
);

function secretName() {
  return text(dnsNamePattern, 'the name of a Secret');
}

function componentFields(whose: string) {
  return {
    nodeSelector: z
      .record(qualifiedName(), labelValue(), 'a mapping of labels of nodes')
      .default({})
      .describe(`Labels that a node must have to run ${whose}.`),
    tolerations: z
      .array(toleration, "a list of tolerations, as in a pod's own spec")
      .optional()
      .describe(`Node taints that ${whose} tolerate, as in a pod's own spec.`),
    priorityClassName: text(dnsNamePattern, 'the name of a PriorityClass')
      .optional()
      .describe(`PriorityClass of ${whose}. By default that of the Kubernetes cluster.`),
    labels: z
      .record(qualifiedName(labelRefusal), labelValue(), 'a mapping of labels')
      .default({})
      .describe(`Labels of ${whose}, in addition to the cluster's own.`),
    annotations: z
      .record(qualifiedName(annotationRefusal), settingValue(), 'a mapping of annotations')
      .default({})
      .describe(`Annotations of ${whose}, in addition to the cluster's own.`),
  };
}

const toleration = section({
  key: qualifiedName().optional().describe("The taint's key. By default any."),
  operator: oneOf(['Equal', 'Exists']).default('Equal').describe('How the value is compared.'),
  value: labelValue().optional().describe("The taint's value, for the operator Equal."),
  effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .optional()
    .describe("The taint's effect. By default any."),
  tolerationSeconds: wholeNumber(0, 2 ** 31 - 1)
    .optional()
    .describe('How long a taint with the effect NoExecute is tolerated. By default forever.'),
}).superRefine(({ key, operator, value, effect, tolerationSeconds }, context) => {
  const refuse = (message: string, ...path: string[]) => context.addIssue({ code: 'custom', path, message });
  if (key === undefined && operator === 'Equal')
    refuse('a toleration without a key needs the operator Exists', 'operator');
  if (value !== undefined && operator === 'Exists')
    refuse('a toleration with the operator Exists has no value', 'value');
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    refuse('tolerationSeconds needs the effect NoExecute', 'tolerationSeconds');
});

/** A key of a label, an annotation or a taint, but for those that `refusal` keeps. */
function qualifiedName(refusal: (name: string) => string | undefined = () => undefined) {
  return text(qualifiedNamePattern, 'names such as team or example.com/team').superRefine((name, context) => {
    const message = refusal(name);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

function labelValue() {
  const allowed = 'at most 63 letters, digits, dots, underscores and hyphens';
  return settingValue().pipe(text(labelValuePattern, allowed));
}

/** Why the cluster file may not give pods a label of this name, or undefined where it may. */
function labelRefusal(name: string): string | undefined {
  if (ownLabels.has(name)) return 'the cluster finds its own pods by this label';
  if (zoneLabels.has(name))
    return "it comes from the pod's node, and replicas are spread by it; see placement";
  if (isKubernetesOwn(name)) return 'Kubernetes itself sets it';
  return isOwn(name) ? 'it belongs to kafka-ha' : undefined;
}

/** The same of an annotation. */
function annotationRefusal(name: string): string | undefined {
  return isOwn(name) ? "it belongs to kafka-ha, which keeps the pods' configuration there" : undefined;
}

/** What controllers of StatefulSets and Jobs put on their pods. */
function isKubernetesOwn(name: string): boolean {
  return (
    /^(apps|batch|statefulset)\.kubernetes\.io\//.test(name) ||
    ['controller-revision-hash', 'controller-uid', 'job-name'].includes(name)
  );
}

function isOwn(name: string): boolean {
  return name.startsWith('kafka-ha/');
}
