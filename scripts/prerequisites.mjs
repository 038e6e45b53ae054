/** What a fresh machine must have, and what is set up for it. A missing tool costs one line with its remedy. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ROOT, StepError, runProgram, say } from './terminal.mjs';

const MAC = process.platform === 'darwin';
const TARGET = 'wasm32-unknown-unknown';

/** Everything that a build needs. */
export async function prepare() {
  checkNode();
  checkLinker();
  await checkRust();
  await installPackages();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || major === 20 && minor < 19) {
    throw new StepError(`Node ${process.versions.node} is too old, 20.19 is needed: install it from https://nodejs.org/`);
  }
}

function checkLinker() {
  if (answers('cc', ['--version'])) return;
  const command = MAC ? 'xcode-select --install' : 'sudo apt-get install -y build-essential';
  throw new StepError(`A C linker is missing: run ${command}`);
}

async function checkRust() {
  // Freshly installed, it is not on the path of a shell that was open before.
  process.env.PATH = `${process.env.PATH}${delimiter}${join(homedir(), '.cargo', 'bin')}`;
  if (!answers('rustup', ['--version'])) {
    throw new StepError("Rust is missing: run curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y");
  }
  const { channel, components } = toolchain();
  if (!answers('rustup', ['run', channel, 'rustc', '--version'])) {
    say(`Installing Rust ${channel} …`);
    await runProgram('rustup', ['toolchain', 'install', channel, '--profile', 'minimal']);
  }
  const installed = listed(['component', 'list', '--installed', '--toolchain', channel]);
  for (const component of components) {
    if (installed.includes(component)) continue;
    await runProgram('rustup', ['component', 'add', component, '--toolchain', channel]);
  }
  if (!listed(['target', 'list', '--installed', '--toolchain', channel]).includes(TARGET)) {
    await runProgram('rustup', ['target', 'add', TARGET, '--toolchain', channel]);
  }
}

/** The one place that names the compiler is `rust-toolchain.toml`. */
function toolchain() {
  const text = readFileSync(join(ROOT, 'rust-toolchain.toml'), 'utf8');
  const channel = /channel = "([^"]+)"/.exec(text)?.[1] ?? 'stable';
  const components = /components = \[([^\]]*)\]/.exec(text)?.[1].match(/[a-z]+/g) ?? [];
  return { channel, components };
}

/** @param {string[]} args of rustup */
const listed = (args) => spawnSync('rustup', args, { cwd: ROOT, encoding: 'utf8' }).stdout ?? '';

/**
 * @param {string} program
 * @param {string[]} args
 */
const answers = (program, args) => spawnSync(program, args, { cwd: ROOT, stdio: 'ignore' }).status === 0;

async function installPackages() {
  if (packagesAreInstalled()) return;
  say('Installing npm packages …');
  await runProgram('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=warn']);
}

/** Compares what npm noted down with the lock file, not their times: a fresh checkout is newer than any install. */
function packagesAreInstalled() {
  const noted = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') || optional || link || installed[path]?.version === version,
  );
}
