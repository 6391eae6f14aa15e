import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

/** The system's own Chromium, headless. Nothing is installed for it: where it is missing, the error says what to install. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error(
      `There is no Chromium at ${places.join(', ')}. Install it: apt-get install --no-install-recommends chromium fonts-liberation`,
    );
  return chromium.launch({
    executablePath,
    // As root, as in most containers, Chromium starts only without its sandbox. It opens this library's own pages.
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
