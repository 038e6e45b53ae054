/** The pipeline worker. */
import { servePipeline } from '../pipeline.mjs';
import { platformFor } from './platform.mjs';
import { threadScope } from './thread.mjs';

servePipeline(threadScope(), platformFor);
