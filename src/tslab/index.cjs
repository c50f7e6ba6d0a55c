/** What `import * as backtrail from 'backtrail'` gives: the calls of the tracker of this process. */
'use strict';
module.exports = require('./register.cjs').attached();
