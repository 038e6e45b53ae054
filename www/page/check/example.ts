/** The example: a draft, its list of works and three texts, written for this page and built into it. */
import draft from '../../example/draft.md?raw';
import lindqvist from '../../example/lindqvist2019.txt?raw';
import moreau from '../../example/moreau2022.txt?raw';
import okafor from '../../example/okafor2021.txt?raw';
import references from '../../example/references.bib?raw';

/** Its files, as a reader would add them. */
export const exampleFiles = (): File[] =>
  Object.entries({ 'draft.md': draft, 'references.bib': references, 'lindqvist2019.txt': lindqvist, 'moreau2022.txt': moreau, 'okafor2021.txt': okafor }).map(([name, text]) => new File([text], name));
