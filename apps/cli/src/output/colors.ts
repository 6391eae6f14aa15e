import pc from 'picocolors';

/** Colours for a terminal, none elsewhere. NO_COLOR and FORCE_COLOR are respected. */
export function colorsOf(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  if (process.env['NO_COLOR']) return pc.createColors(false);
  return pc.createColors(stream.isTTY === true || Boolean(process.env['FORCE_COLOR']));
}
