/** Plain JSON, nothing undefined in it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A desired object as it is applied: what this project means, and no default of Kubernetes' own. */
export type KubernetesObject = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  automountServiceAccountToken?: boolean;
  data?: Record<string, string>;
  roleRef?: JsonObject;
  rules?: readonly JsonObject[];
  spec?: JsonObject;
  subjects?: readonly JsonObject[];
};

export type Metadata = {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};
