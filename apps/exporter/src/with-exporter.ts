import type { Spec } from '@kafka-ha/config';

/** A spec with the exporter's program, where it has an exporter: what objects are rendered from. */
export async function withExporter(spec: Spec): Promise<Spec> {
  if (spec.metrics === null) return spec;
  // Only where there is an exporter: every command that reaches the cluster asks for one, and most files have none.
  const { bundleExporter } = await import('./bundle.ts');
  return { ...spec, metrics: { ...spec.metrics, program: await bundleExporter() } };
}
