/** Tells a screen reader how far a run is, at a pace that can be listened to. */
import { byId } from './dom';

const PAUSE_MS = 8000;
let spokenAt = -PAUSE_MS;
let later: ReturnType<typeof setTimeout> | undefined;

/**
 * Announces a sentence. Sentences that come faster than one in eight seconds replace each other: only the last is read.
 * @param urgent - at once: the beginning, the end
 */
export function announce(sentence: string, urgent = false): void {
  clearTimeout(later);
  const wait = urgent ? 0 : Math.max(0, spokenAt + PAUSE_MS - performance.now());
  later = setTimeout(() => {
    spokenAt = performance.now();
    byId('live-region', HTMLParagraphElement).textContent = sentence;
  }, wait);
}
