/** A static server, as any host would be: no special headers. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ROOT } from './terminal.mjs';

const PREFERRED_PORT = 4173;

/**
 * @param {object} [options]
 * @param {string} [options.folder] the page's where not given
 * @param {string} [options.base] sub-path under which the page lies, such as `/some/where/`
 * @param {number} [options.port] 0 takes any free one; so does a preferred one that is taken
 * @param {(path: string) => void} [options.heard] told the path of every request
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve({ folder = join(ROOT, 'dist'), base = '/', port = PREFERRED_PORT, heard } = {}) {
  const { default: sirv } = await import('sirv');
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    const notFound = () => {
      response.statusCode = 404;
      response.end('not found');
    };
    heard?.(request.url ?? '');
    if (!request.url?.startsWith(base)) return notFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
  const taken = await listen(server, port);
  return { url: `http://localhost:${taken}${base}`, close: () => closeAll(server) };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port it listens on
 */
async function listen(server, port) {
  await new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' && port !== 0) resolve(listen(server, 0));
      else reject(error);
    });
    server.listen(port, 'localhost', () => resolve(undefined));
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** @param {import('node:http').Server} server */
function closeAll(server) {
  server.close();
  server.closeAllConnections();
}
