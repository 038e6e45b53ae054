/**
 * Serves the checkout, and the models that are measured, to the browsers on this machine. No special headers: without
 * cross-origin isolation every engine has one thread, as on most hosts.
 */
import { createServer } from 'node:http';
import sirv from 'sirv';
import { ROOT } from '../../scripts/terminal.mjs';

/**
 * @param {Map<string, Uint8Array>} contents by address, such as `/bench/shipped/model.onnx`; may grow
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serveCheckout(contents) {
  const files = sirv(ROOT, { dev: true });
  const server = createServer((request, response) => {
    const content = contents.get(request.url ?? '');
    if (!content) return files(request, response);
    const type = request.url?.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': content.length });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
