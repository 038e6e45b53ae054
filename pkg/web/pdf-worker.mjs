/** The thread that reads PDFs. */
import { servePdf } from '../pdf-runs.mjs';
import { threadScope } from './thread.mjs';

servePdf(threadScope());
