/** What the documentation says about one kind of finding. */
export type CatalogueEntry = {
  /** An error breaks the promise now, or leaves it unproven; a warning will, or costs something. */
  severity: 'error' | 'warning';
  /** Nobody can find it who does not look at Kubernetes. */
  kubernetesOnly?: true;
  title: string;
  meaning: string;
  /** What to do, where the finding itself knows nothing better. */
  action: string;
};
