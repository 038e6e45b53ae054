/**
 * To be imported right before pdf.js' worker: that takes over the thread it is imported in, unless the thread has a window. What
 * imports both takes the window away again.
 */
Object.assign(globalThis, { window: globalThis });
