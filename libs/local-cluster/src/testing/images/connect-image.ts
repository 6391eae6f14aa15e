import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentOf } from '../../build/cache-key.ts';
import { kafkaImage, type Image } from '../../images/images.ts';
import { layer, type Layer } from '../../images/layer.ts';
import { runCommand } from '../../run-command.ts';

const script = fileURLToPath(new URL('connect-plugin.sh', import.meta.url));

/**
 * Kafka's image with a plugin for Kafka Connect in `/opt/connect`. The plugin is an archive of a Maven repository:
 * GROUP:ARTIFACT:VERSION:TYPE:CLASSIFIER.
 */
export function connectImage(name: string, { kafka, plugin }: { kafka: string; plugin: string }): Image {
  const image = kafkaImage(kafka);
  return { ...image, names: [name], layers: [...image.layers, pluginLayer(plugin)] };
}

function pluginLayer(plugin: string): Layer {
  return layer('connect-plugin', [contentOf(script), plugin], async (context, root) => {
    context.say(`fetching ${plugin}`);
    await runCommand(context, [script, join(root, 'opt/connect'), plugin]);
  });
}
