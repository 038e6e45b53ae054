/** WebKitGTK's MiniBrowser, over classic WebDriver, on a screen of its own where the machine has none. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath } from '../../../scripts/chromium.mjs';

const STEP_MS = 200;
const READY_MS = 20_000;
/** Longer than the bench itself waits for any call. */
const SCRIPT_MS = 150_000;
const COMMAND_MS = 90_000;

/**
 * @param {string} url
 * @returns {Promise<import('./chromium.mjs').Driver>} rejects, with the remedy, where there is no WebKitGTK
 */
export async function webkitPage(url) {
  const [program, xvfb] = ['WebKitWebDriver', 'Xvfb'].map((name) => onPath([name]));
  if (!program || !xvfb) {
    throw new Error('WebKitGTK is missing: run sudo apt-get install -y webkit2gtk-driver xvfb');
  }
  const screen = spawn(xvfb, ['-displayfd', '3', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = await firstLine(/** @type {import('node:stream').Readable} */ (screen.stdio[3]));
  const port = 20_000 + (process.pid % 20_000);
  const root = process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {};
  const env = { ...process.env, DISPLAY: `:${display}`, ...root };
  const driver = spawn(program, [`--port=${port}`], { env, stdio: 'ignore' });
  const stop = () => {
    driver.kill();
    screen.kill();
  };
  try {
    const { session, name } = await newSession(`http://127.0.0.1:${port}`);
    await send(session, 'POST', '/timeouts', { script: SCRIPT_MS });
    await send(session, 'POST', '/url', { url });
    return {
      name,
      evaluate: (expression) => evaluate(session, expression),
      close: () => send(session, 'DELETE', '').finally(stop),
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * @param {import('node:stream').Readable} stream
 * @returns {Promise<string>}
 */
async function firstLine(stream) {
  for await (const chunk of stream) return String(chunk).trim();
  throw new Error('Xvfb ended before it had a screen');
}

/** @param {string} server */
async function newSession(server) {
  const binary = { 'webkitgtk:browserOptions': { args: ['--automation'] } };
  const wanted = { capabilities: { alwaysMatch: { browserName: 'MiniBrowser', ...binary } } };
  for (let waited = 0; ; waited += STEP_MS) {
    try {
      await fetch(`${server}/status`);
      break;
    } catch (error) {
      if (waited > READY_MS) throw error;
      await sleep(STEP_MS);
    }
  }
  const { sessionId, capabilities } = await send(server, 'POST', '/session', wanted);
  return { session: `${server}/session/${sessionId}`, name: `WebKitGTK ${capabilities.browserVersion}` };
}

/**
 * @param {string} session
 * @param {string} expression
 */
async function evaluate(session, expression) {
  const script = `const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => ${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
  const { value, error } = await send(session, 'POST', '/execute/async', { script, args: [] }, SCRIPT_MS);
  if (error) throw new Error(error);
  return value;
}

/**
 * One command of WebDriver (https://www.w3.org/TR/webdriver2/).
 * @param {string} base
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {number} [ms] it is waited for
 */
async function send(base, method, path, body, ms = COMMAND_MS) {
  const signal = AbortSignal.timeout(ms);
  const response = await fetch(`${base}${path}`, {
    method,
    signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(value?.message || value?.error || `WebDriver answered ${response.status}`);
  return value;
}
