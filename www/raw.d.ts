/** A file of the repository as text, built into the page. */
declare module '*?raw' {
  const text: string;
  export default text;
}
