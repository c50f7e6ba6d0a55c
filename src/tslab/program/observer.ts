/** Hears of each execution, and writes which modules of the notebook's own it imported. */
import { resolve } from 'node:path';
import type { Execution } from '../executions.js';
import type { IObserver } from '../observers.js';
import type { Recorder } from '../recorder.js';
import { hear, type IMade, rest, taken } from './allocator.js';
import { loadedBy } from './loaded.js';
import { type ILocalModule, LocalModules } from './sources.js';
import type { Types } from './types.js';

const MODULE = /@module\s+([\w./-]+)/;

/** What the compiler of one session tells. */
export class Program implements IObserver {
  /** @param _types - learns the types of names, for whoever describes their values. */
  constructor(
    private readonly _recorder: Recorder,
    private readonly _types: Types
  ) {
    hear();
  }

  readonly name = 'modules';

  before(execution: Execution, source: string): void {
    const name = MODULE.exec(source)?.[1];
    if (name !== undefined) {
      this._virtual.add(resolve(name));
    }
    this._began = execution.began;
    this._made = undefined;
  }

  compiled(): void {
    this._made = taken();
    this._types.begin(this._made);
  }

  after(execution: Execution): void {
    const made = this._made;
    this._made = undefined;
    if (made === undefined) {
      // What is compiled without a cell to execute, as a module that a cell is.
      return;
    }
    this._types.end();
    const { session } = this._recorder;
    const isVirtual = (path: string): boolean => this._virtual.has(path.replace(/\.[jt]sx?$/, ''));
    const loaded = loadedBy(execution.reading?.cell?.modules ?? []);
    const found = this._modules.look(made, loaded, isVirtual, this._began, content => {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      // What a secret was taken out of is not the source any more.
      return session.redactor.source(text).withheld === undefined
        ? session.store('The source of a module', content)
        : null;
    });
    if (Object.keys(found).length > 0) {
      const told = Object.entries(found).map(([name, module]): [string, ILocalModule] => [
        name,
        { ...module, path: session.relative(module.path) }
      ]);
      session.write('modules', { n: execution.n, modules: Object.fromEntries(told) });
    }
  }

  stop(): void {
    rest();
  }

  private _began = 0;
  private _made: IMade | undefined;
  private readonly _modules = new LocalModules();
  /** Paths of modules that cells are, without their ends. */
  private readonly _virtual = new Set<string>();
}
