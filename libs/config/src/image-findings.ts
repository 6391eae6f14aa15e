import type { Finding } from './source/finding.ts';
import { officialImages, type UnsizedSpec } from './spec-of.ts';

const kinds = ['kafka', 'zookeeper', 'workload'] as const;

/** What is doubtful in the images: that they can become others, or are not of the version that is checked. */
export function imageFindings(spec: UnsizedSpec): Finding[] {
  const { images, versions } = spec;
  const doubts = kinds.flatMap((kind): Finding[] => {
    const doubt = doubtOf(images[kind], kind === 'workload' ? undefined : versions[kind]);
    return doubt === undefined ? [] : [{ paths: [['images', kind]], message: `images.${kind} ${doubt}` }];
  });
  return [...doubts, ...byTag(spec)];
}

function doubtOf(image: string, version: string | undefined): string | undefined {
  const { tag, digest } = partsOf(image);
  if (digest === undefined && (tag === undefined || !/\d+\.\d+/.test(tag)))
    return `is "${image}", which can become another image at any restart: give it a version or a digest`;
  if (version === undefined || tag === undefined || tag.includes(version)) return undefined;
  if (digest !== undefined && tag === 'latest') return undefined;
  return `has the tag "${tag}", and the version is ${version}: what is checked may not be what runs`;
}

/** Those that the file names itself: the official ones are of the exact version, and their digests are for a registry to say. */
function byTag({ images, versions }: UnsizedSpec): Finding[] {
  const official = officialImages(versions);
  const named = kinds.filter(
    (kind) => images[kind] !== official[kind] && partsOf(images[kind]).digest === undefined,
  );
  const [first] = named;
  if (first === undefined) return [];
  const subjects = named.map((kind) => `images.${kind}`).join(', ');
  const message = `${subjects} without a digest: whoever may push to the registry decides what runs; name it as ${images[first]}@sha256:…`;
  return [{ paths: [['images', first]], message }];
}

function partsOf(image: string): { tag: string | undefined; digest: string | undefined } {
  const [reference = '', digest] = image.split('@');
  return { tag: /:([\w.-]+)$/.exec(reference)?.[1], digest };
}
