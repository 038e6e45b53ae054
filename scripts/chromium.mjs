/** The browser of the tests: the machine's own, since a test tool's own download is one more thing that can fail. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { StepError, runProgram, say } from './terminal.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Without a GPU, without background traffic; root, as in a container, cannot use the sandbox. */
export const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** @returns {string | undefined} path of Chromium or Chrome; `CHROMIUM` overrides */
export function findChromium() {
  return process.env.CHROMIUM || onPath(NAMES) || MAC_APPS.find(isExecutable);
}

/**
 * @param {string[]} names
 * @returns {string | undefined} path of the first program of these names
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string} one line for the person who has none */
export function howToInstall() {
  const command = process.platform === 'darwin' ? 'brew install --cask chromium' : 'sudo apt-get install -y chromium';
  return `Chromium is missing: run ${command}, or set CHROMIUM to the path of Chrome or Chromium`;
}

/** Installs Chromium by apt where that is possible without asking anybody. */
export async function installChromium() {
  if (findChromium()) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [program, ...rest] = [...sudo, 'apt-get'];
  if (spawnSync(program, [...rest, '--version']).status !== 0) throw new StepError(howToInstall());
  say('Installing Chromium …');
  try {
    for (const args of [['update', '-q'], ['install', '-y', '-q', '--no-install-recommends', 'chromium']]) {
      await runProgram(program, [...rest, ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  if (!findChromium()) throw new StepError(howToInstall());
}
