/** Keys of the reader's own and an e-mail address: kept in this browser alone, sent to those whom they are for. */
import { checkedIdentity, type Identity } from '../../pkg/identity.mjs';

/** Under which they are kept. */
const KEPT = 'probatum-identity';

/** What is kept; nothing where nothing is, or may be. */
export function keptIdentity(): Identity {
  try {
    return checkedIdentity(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Identity);
  } catch {
    // Storage may be forbidden, or hold what another version wrote.
    return {};
  }
}

/** Keeps it in place of what was kept; nothing is left of an empty one. */
export function keepIdentity(identity: Identity): void {
  try {
    if (Object.keys(identity).length === 0) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, JSON.stringify(identity));
  } catch {
    // Then it is for this visit.
  }
}
