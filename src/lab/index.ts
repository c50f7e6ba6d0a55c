import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { actionsPlugin } from './actions/index.js';
import { attachPlugin } from './attach/index.js';
import { comparePlugin } from './compare/index.js';
import { coveragePlugin } from './coverage/index.js';
import { cellMarksPlugin } from './cellmarks/index.js';
import { fileBrowserPlugin } from './filebrowser/index.js';
import { historyPlugin } from './history/index.js';
import { lineagePlugin } from './lineage/index.js';
import { outlinePlugin } from './outline/index.js';
import { runViewPlugin } from './runview/index.js';
import { statusBarPlugin } from './statusbar/index.js';
import { storePlugin } from './store/index.js';

/** The plugins of the extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  attachPlugin,
  storePlugin,
  historyPlugin,
  runViewPlugin,
  comparePlugin,
  actionsPlugin,
  outlinePlugin,
  statusBarPlugin,
  cellMarksPlugin,
  fileBrowserPlugin,
  coveragePlugin,
  lineagePlugin
];

export default plugins;
