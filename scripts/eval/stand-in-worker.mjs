/** Holds the stand-in's records and answers addresses in the order they come. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const { ScholarlyWeb } = await import(pathToFileURL(workerData.script).href);
const web = new ScholarlyWeb();
port.on('message', ({ id, url }) => port.postMessage({ id, answer: web.answer(url) }));
port.postMessage('ready');
