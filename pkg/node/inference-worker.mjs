/** One inference worker. */
import { serveInference } from '../inference.mjs';
import { threadScope } from './thread.mjs';

serveInference(threadScope());
