import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { plotChoice } from './choice.js';

/** Has the choice of how charts are drawn kept under `plots` of some settings. */
export async function keepChoice(settings: Promise<ISettingRegistry.ISettings>): Promise<void> {
  try {
    const loaded = await settings;
    plotChoice.connect(loaded.get('plots').composite, value => {
      void loaded.set('plots', { ...value }).catch(() => undefined);
    });
  } catch {
    // Without settings the choice of a user holds for this page.
  }
}
