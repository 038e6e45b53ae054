/** What the page needs without a network: the service worker keeps the site, the pipeline worker the model. */
import { byId, el, setText } from './dom';

const NOT_KEPT = 'No copy for offline use could be kept.';

/**
 * Has both kept once the page is at rest, and says when it is ready to work offline.
 * @param keepModel - answers whether the model is kept
 */
export async function keepForOffline(keepModel: () => Promise<boolean>): Promise<void> {
  const state = byId('offline-state', HTMLParagraphElement);
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('./service-worker.js', { scope: './' });
    if (!registration.active) setText(state, 'Keeping a copy for offline use…');
    // One that came during an earlier visit waits still.
    if (registration.waiting && registration.active) offerUpdate(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const arriving = registration.installing;
      arriving?.addEventListener('statechange', () => {
        if (arriving.state === 'redundant' && !registration.active) setText(state, NOT_KEPT);
        if (arriving.state === 'installed' && registration.active) offerUpdate(arriving);
      });
    });
    // The model after the site: a first visit has one thing at a time to wait for.
    await navigator.serviceWorker.ready;
    if (!(await keepModel())) {
      setText(state, NOT_KEPT);
      return;
    }
    setText(state, 'Ready to work offline.');
    state.dataset.ready = '';
  } catch {
    // A file, a private window, a host without https: the page works all the same, only not offline.
    setText(state, '');
  }
}

/** Says that a newer version waits, until the reader lets it take over; it does not while another tab has this one. */
function offerUpdate(waiting: ServiceWorker): void {
  const words = el('span', {}, 'A newer version of this page is ready.');
  const button = el('button', { type: 'button', class: 'quiet small' }, 'Reload with it');
  button.addEventListener('click', () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      setText(words, 'Close the other tabs of this page first: they run this version.');
    };
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      location.reload();
    });
    waiting.postMessage('take-over', [port2]);
  });
  byId('update-notice', HTMLDivElement).replaceChildren(words, button);
}
