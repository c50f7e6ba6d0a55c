/**
 * What cells change inside modules: `settings.registry["a"] = 1`, `sklearn.set_config(…)`, `mine.configure(3)`.
 *
 * #### Notes
 * A record has what is set on a module itself, not what is changed in something that it holds, nor what
 * its functions do to it. So the sources are asked. A call that nothing takes the result of is made for
 * what it does: of the user's own modules any such call may change them, of a library's those do whose
 * name says so.
 */

import { isObject, type JsonObject } from '../runlog/index.js';

/** What one cell may change in a module. */
export interface IModuleChange {
  /** The module's full name, and whether it is one of the user's own. */
  readonly module: string;
  readonly own: boolean;
  /** Why it is thought so: a phrase. */
  readonly why: string;
  /** The names of the notebook through which the module is used. */
  readonly names: ReadonlyArray<string>;
}

/** Learns which names stand for modules, or come from one, and finds the changes in a source. */
export class ModuleState {
  /** Takes in the values that an execution bound, and its source. */
  bound(values: JsonObject, source: string): void {
    for (const [name, value] of Object.entries(values)) {
      const preview = isObject(value) && value.type === 'module' ? value.preview : undefined;
      const module = typeof preview === 'string' ? /^module (\S+)/.exec(preview)?.[1] : undefined;
      if (module !== undefined) {
        this._modules.set(name, module);
      }
      if (isObject(value) && value.type === 'Logger') {
        this._loggers.add(name);
      }
    }
    for (const [, module, list] of source.matchAll(FROM)) {
      for (const name of list.matchAll(/(\w+)(?:\s+as\s+(\w+))?/g)) {
        this._members.set(name[2] ?? name[1], module);
      }
    }
  }

  /** Takes in a module of the user's own. */
  own(module: string): void {
    this._own.add(module);
  }

  /** The names among these that stand for a module, or come from one, each with its name. */
  among(names: Iterable<string>): Array<readonly [name: string, module: string]> {
    return [...names].flatMap(name => {
      const module = this._modules.get(name) ?? this._members.get(name);
      return module === undefined ? [] : [[name, module] as const];
    });
  }

  /** What a source changes in modules that are known by now. */
  changes(source: string): IModuleChange[] {
    const code = source.replace(/(['"])(?:\\.|(?!\1)[^\\\n])*\1/g, '""').replace(/#.*$/gm, '');
    const found = new Map<string, IModuleChange>();
    const add = (module: string | undefined, why: string): void => {
      if (module !== undefined && !found.has(module)) {
        found.set(module, {
          module,
          own: this._own.has(module),
          why,
          names: this._namesOf(module)
        });
      }
    };
    for (const [, root] of code.matchAll(STORE)) {
      add(this._modules.get(root), 'sets something that the module holds');
    }
    for (const [, root] of code.matchAll(LOGGER)) {
      if (this._loggers.has(root) || this._modules.get(root) === 'logging') {
        add('logging', 'sets how something is logged');
      }
    }
    for (const [, root, path = ''] of code.matchAll(CALL)) {
      const names = path.split('.');
      const last = names.at(-1) || root;
      const module = path ? this._modules.get(root) : this._members.get(root);
      // Of random numbers the streams tell.
      if (module === undefined || names.includes('random')) {
        continue;
      }
      if (RECORDED.test(module) && !OF_THE_PROCESS.test(`${module}.${last}`)) {
        continue;
      }
      const inside = names.length > 2 && CHANGES.test(last);
      if (
        this._own.has(module) ||
        inside ||
        SETS.test(last) ||
        OF_THE_PROCESS.test(`${module}.${last}`)
      ) {
        add(module, `calls ${root}${path}, which may change the module`);
      }
    }
    return [...found.values()];
  }

  private _namesOf(module: string): string[] {
    // `package.part.known["a"] = 1` goes through the package; whoever uses the part sees it.
    const related = (one: string): boolean =>
      one === module || one.startsWith(`${module}.`) || module.startsWith(`${one}.`);
    return [...this._modules, ...this._members]
      .filter(([, one]) => related(one))
      .map(([name]) => name);
  }

  private readonly _modules = new Map<string, string>();
  private readonly _members = new Map<string, string>();
  private readonly _own = new Set<string>();
  private readonly _loggers = new Set<string>();
}

const FROM = /^[ \t]*from\s+([\w.]+)\s+import\s+\(?([^()#\n]*(?:\n[^()#]*?(?=\)))?)/gm;
/** `a.b[…] = …`, `del a.b[…]`; what is set on the module itself is in the record. */
const STORE =
  /(?:^|[;:])[ \t]*(?:del[ \t]+)?([A-Za-z_]\w*)(?:\.\w+)+(?:\[[^\n\]]*\]|\.\w+)*\[[^\n\]]*\](?:[ \t]*(?:[-+*/%&|^@]|\*\*|\/\/|<<|>>)?=(?!=)|[ \t]*$)/gm;
/** `log.addHandler(…)`, `logging.getLogger(…).setLevel(…)`. */
const LOGGER =
  /(?:^|[;:])[ \t]*([A-Za-z_]\w*)(?:\.getLogger\([^()\n]*\))?\.(?:set|add|remove)[A-Z]\w*[ \t]*\(/gm;
/** A call at the beginning of a statement. */
const CALL = /(?:^|[;:])[ \t]*([A-Za-z_]\w*)((?:\.\w+)*)[ \t]*\(/gm;
/** Modules whose settings a record has by themselves. */
const RECORDED = /^(?:os|sys|random|warnings|locale|matplotlib|seaborn|pandas|numpy)(?:\.|$)/;
/** What is set of the interpreter or the process, and stands in no attribute. */
const OF_THE_PROCESS =
  /^(?:sys\.set\w+|os\.umask|socket\.setdefaulttimeout|signal\.(?:signal|alarm|setitimer)|resource\.setrlimit|gc\.(?:disable|enable|freeze)|time\.tzset|faulthandler\.enable|threading\.set\w+|csv\.(?:field_size_limit|register_dialect))$/;
const CHANGES =
  /^(?:append|add|update|clear|pop|popitem|extend|insert|remove|discard|setdefault|register|set)$/;
const SETS =
  /^(?:set|use|reset|enable|disable|configure|config|init|initialize|register|switch|activate|apply|patch|install|setup)(?:_|$)|^(?:basicConfig|simplefilter)$/;
