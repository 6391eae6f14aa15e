import { MIB } from '../units/bytes.ts';

/** What the exporter needs for any cluster, in bytes. In a file of its own: what the exporter bundles is to be small. */
export const LEAST_EXPORTER_MEMORY = 64 * MIB;
