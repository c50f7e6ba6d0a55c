/**
 * What is fetched when JupyterLab has started: the commands about runs, and what goes with open notebooks.
 * The page is recorded without it.
 */
import '../../style/notebooks.css';

export { addRunCommands } from './actions/commands.js';
export { markCells } from './cellmarks/marking.js';
export { addWhichCommand } from './filebrowser/command.js';
export { reportOutlines } from './outline/reporting.js';
export { keepChoice } from './plot/kept.js';
export { showStatus } from './statusbar/status.js';
