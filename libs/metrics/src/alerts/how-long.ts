import type { Spec } from '@kafka-ha/config';
import { components, componentsOf } from '@kafka-ha/manifests';

/** How often Prometheus is to scrape, at least: a `PodMonitor` of this project says so, and so does the documentation. */
const scrapeSeconds = 30;
/** From a broker's end until it is in sync again, beyond its restart: on two cores that had much else to do. */
const syncSeconds = 30;
/** Beyond all that where an image is fetched first, or a volume comes to another node. */
const fetchSeconds = 30;

/** Longer than one reading is seen: only what a second one shows as well is so. */
export function twoReadingsSeconds(spec: Spec): number {
  return intervalSeconds(spec) + oneReadingSeconds(spec);
}

/** Up to how long a reading is seen that shows what is over: until the exporter has another one, and Prometheus has scraped that. */
function oneReadingSeconds(spec: Spec): number {
  return intervalSeconds(spec) + scrapeSeconds;
}

function intervalSeconds({ metrics }: Spec): number {
  return (metrics?.intervalMs ?? 15_000) / 1000;
}

/** Longer than one broker is away that restarts, and takes to catch up at the full rate. */
export function restartSeconds(spec: Spec): number {
  const catchUp = Math.min(600, spec.sizing.catchUp.afterRestartSeconds);
  return minutes(components.kafka.restartMs / 1000 + syncSeconds + catchUp + oneReadingSeconds(spec));
}

/** Longer than all pods take that are restarted one after the other: a sample may miss each moment at which all are there. */
export function rollSeconds(spec: Spec): number {
  const pods = componentsOf(spec).map((component) => {
    const { restartMs, wanted } = components[component];
    return wanted(spec).pods * (restartMs / 1000 + syncSeconds + fetchSeconds);
  });
  return minutes(pods.reduce((sum, seconds) => sum + seconds) + restartSeconds(spec));
}

function minutes(seconds: number): number {
  return 60 * Math.ceil(seconds / 60);
}
