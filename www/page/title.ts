/** The title of the tab: how far a run is, for a reader who is elsewhere meanwhile. */
const OWN = document.title;

/** Puts a few words before the page's name; none takes them away. */
export function titleSays(words?: string): void {
  document.title = words === undefined ? OWN : `${words} · Probatum`;
}
