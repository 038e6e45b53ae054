/** Registers the service worker, which keeps the whole site, the model included, for use without a network. */
import { byId, setText } from './dom';

/** Registers it once the page is at rest, and says when the page is ready to work offline. */
export async function keepForOffline(): Promise<void> {
  const state = byId('offline-state', HTMLParagraphElement);
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('./service-worker.js', { scope: './' });
    if (!registration.active) setText(state, 'Keeping a copy for offline use…');
    registration.addEventListener('updatefound', () => {
      const arriving = registration.installing;
      arriving?.addEventListener('statechange', () => {
        if (arriving.state === 'redundant' && !registration.active) setText(state, 'No copy for offline use could be kept.');
        if (arriving.state === 'installed' && registration.active) {
          setText(state, 'A newer version is ready: it takes over when every tab of this page has been closed.');
        }
      });
    });
    await navigator.serviceWorker.ready;
    setText(state, 'Ready to work offline.');
    state.dataset.ready = '';
  } catch {
    // A file, a private window, a host without https: the page works all the same, only not offline.
    setText(state, '');
  }
}
