import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
const plugin: JupyterFrontEndPlugin<void> = { id: 'backtrail:plugin', autoStart: true, activate: () => undefined };
export default [plugin];
