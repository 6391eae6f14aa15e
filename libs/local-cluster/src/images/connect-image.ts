import { join } from 'node:path';
import { contentOf } from '../build/cache-key.ts';
import { scriptPath } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { kafkaImage, type Image } from './images.ts';
import { layer, type Layer } from './layer.ts';

/**
 * Kafka's image with a plugin for Kafka Connect in `/opt/connect`. The plugin is an archive of a Maven repository:
 * GROUP:ARTIFACT:VERSION:TYPE:CLASSIFIER.
 */
export function connectImage(name: string, { kafka, plugin }: { kafka: string; plugin: string }): Image {
  const image = kafkaImage(kafka);
  return { ...image, names: [name], layers: [...image.layers, pluginLayer(plugin)] };
}

function pluginLayer(plugin: string): Layer {
  const script = scriptPath('connect-plugin.sh');
  return layer('connect-plugin', [contentOf(script), plugin], async (context, root) => {
    context.say(`fetching ${plugin}`);
    await runCommand(context, [script, join(root, 'opt/connect'), plugin]);
  });
}
