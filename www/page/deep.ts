/** The larger model: whether this page has one, and whether the reader will have it. */
import { byId, el } from './dom';
import { megabytes } from './words';

/** Where it lies, relative to the page. */
const DEEP_URL = './models/probatum-nli-2/';
/** Under which the reader's own choice is remembered on this device. */
const CHOICE = 'probatum-larger-model';
/** Below it, in GiB as browsers say it, the weights would crowd out whatever else is open. */
const LEAST_MEMORY = 4;
const BOX = 'larger-model';

/** What a device says of itself; browsers leave out what they do not tell. */
export interface Device {
  userAgent: string;
  /** Gibibytes, rounded to a power of two, at most 8. */
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}

/**
 * Whether it is loaded where the reader has not said: not on phones, nor where data are saved or memory is short, nor
 * where it could not be kept and would come anew with every visit.
 */
export function suits({ userAgent, deviceMemory = LEAST_MEMORY, connection }: Device, keeps: boolean): boolean {
  return keeps && connection?.saveData !== true && deviceMemory >= LEAST_MEMORY && !/\bMobi|Android/.test(userAgent);
}

/** The setting, or nothing where this page comes without a larger model. */
export function deepField(): HTMLElement | undefined {
  const bytes = deepBytes();
  if (bytes === 0) return undefined;
  const box = el('input', { id: BOX, type: 'checkbox', checked: isWanted(), 'aria-describedby': `${BOX}-hint` });
  box.addEventListener('change', () => {
    remember(box.checked);
  });
  return el(
    'div',
    { class: 'field switch' },
    box,
    el('label', { for: BOX }, `Read again with the larger model (${megabytes(bytes, 0)}, once)`),
    el('span', { class: 'hint', id: `${BOX}-hint` }, 'after the first results, what could decide is read once more'),
  );
}

/** The absolute address of its folder, where the reader will have it. */
export function deepUrl(): string | undefined {
  const wanted = deepBytes() > 0 && byId(BOX, HTMLInputElement).checked;
  return wanted ? new URL(DEEP_URL, document.baseURI).href : undefined;
}

/** Its size, as the build has written it into the page; 0 where it has none. */
const deepBytes = (): number => Number(document.querySelector<HTMLMetaElement>('meta[name="larger-model-bytes"]')?.content ?? 0);

const isWanted = (): boolean => remembered() ?? suits(navigator, 'caches' in globalThis);

function remembered(): boolean | undefined {
  try {
    const choice = localStorage.getItem(CHOICE);
    return choice === null ? undefined : choice === 'yes';
  } catch {
    // Storage may be forbidden: then the choice is for this visit.
    return undefined;
  }
}

function remember(wanted: boolean): void {
  try {
    localStorage.setItem(CHOICE, wanted ? 'yes' : 'no');
  } catch {
    // Likewise.
  }
}
