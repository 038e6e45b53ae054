/** The pipeline worker. */
import { servePipeline } from '../pipeline.mjs';
import { platform } from './platform.mjs';
import { threadScope } from './thread.mjs';

servePipeline(threadScope(), () => platform);
