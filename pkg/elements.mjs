/** Two elements for any page, known to it once this is imported: `<probatum-check>` and `<probatum-report>`. */
import { register } from './elements/base.mjs';
import { ProbatumCheck } from './elements/check.mjs';
import { ProbatumReport } from './elements/report.mjs';

export { ProbatumCheck, ProbatumReport };

register('probatum-check', ProbatumCheck);
register('probatum-report', ProbatumReport);
