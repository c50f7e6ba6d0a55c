/**
 * What a script has of its own: JavaScript that does around the cells what tslab did, as far as this
 * script needs it.
 *
 * #### Notes
 * It runs as a module and as CommonJS, whichever the folder it lies in asks for: so it has neither
 * `import` nor `await` at its top, and takes the modules of Node from the process.
 */

/** What a script needs. */
export interface INeeds {
  /** It draws random numbers. */
  readonly random: boolean;
  /** It reads files. */
  readonly inputs: boolean;
  /** It displays by `tslab`. */
  readonly displays: boolean;
  /** It calls `backtrail`. */
  readonly calls: boolean;
  /** A cell was interrupted. */
  readonly interrupts: boolean;
  /** Cells are modules. */
  readonly modules: boolean;
  /** Timers and promises may go on behind a cell. */
  readonly waits: boolean;
}

/** Gives a notebook of tslab the `Math.random` of a run, and `setRandom` in its cells a state of it. */
export function randomCell(state: string): string {
  return [
    '{',
    RANDOM.trimEnd()
      .replace('_nb.random =', `${SETTER} =`)
      .replace(/ {2}const sow =[^]*$/, '')
      .trimEnd(),
    `  ${setRandom(state)}`,
    '}'
  ].join('\n');
}

/** A line of a notebook that puts a state of `Math.random` back. */
export function setRandom(state: string): string {
  return `${SETTER}('${state}');`;
}

const SETTER = "globalThis['_nb_random']";

/** The functions of a script. */
export function preludeOf(needs: INeeds): string {
  return [
    BEGIN,
    needs.inputs ? INPUTS : '',
    needs.random ? RANDOM : '',
    needs.displays ? DISPLAYS : '',
    needs.calls ? CALLS : '',
    needs.modules ? MODULES : '',
    needs.interrupts ? INTERRUPTS : '',
    needs.waits ? WAITS : '',
    run(needs),
    END
  ]
    .filter(Boolean)
    .join('\n');
}

const BEGIN = `const _nb = (() => {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { join } = process.getBuiltinModule('node:path');
  const _nb = {}, cells = [], variables = {}, provided = {};

  // The variables of the notebook. Imported names can be given other values, as there.
  const exports = new Proxy(variables, {
    defineProperty(_, name, { get, value }) {
      if (name !== '__esModule') {
        variables[name] = get ? get() : value;
      }
      return true;
    }
  });
  const require = new Proxy(createRequire(join(process.cwd(), 'src.js')), {
    apply: (find, self, names) =>
      Object.hasOwn(provided, names[0]) ? provided[names[0]] : Reflect.apply(find, self, names)
  });
  // As in the notebook, what a timer throws ends nothing.
  process.on('uncaughtException', error => {
    if (error?.code === 'EPIPE') {
      process.exit(1);
    }
    console.error('UncaughtException:', error);
  });
  process.on('unhandledRejection', reason => console.error('UnhandledPromiseRejection:', reason));

  _nb.cell = (label, how, cell) => cells.push({ label, how, cell });
`;

const INPUTS = `  _nb.inputs = files => {
    const { createHash } = process.getBuiltinModule('node:crypto');
    const { readFileSync } = process.getBuiltinModule('node:fs');
    for (const [path, known] of Object.entries(files)) {
      try {
        if (createHash('sha256').update(readFileSync(path)).digest('hex') !== known) {
          console.error(\`\${path} is not the file that the notebook read: its sha256 was \${known}.\`);
        }
      } catch (error) {
        console.error(\`\${path} cannot be read (\${error.code}): the notebook read it, sha256 \${known}.\`);
      }
    }
  };
`;

/** The generator of `src/tslab/generator.ts`. */
const RANDOM = `  // Math.random as it was in the notebook: xoshiro128** 1.1, two draws for 53 bits.
  let [a, b, c, d] = [0, 0, 0, 1];
  const next = () => {
    const five = Math.imul(b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const value = () => {
    const high = next() >>> 5;
    return (high * 67108864 + (next() >>> 6)) / 9007199254740992;
  };
  Object.defineProperty(Math, 'random', {
    value: Object.defineProperty(value.bind(null), 'name', { value: 'random' }),
    writable: true,
    enumerable: false,
    configurable: true
  });
  _nb.random = state => {
    const bytes = Buffer.from(state, 'base64');
    [a, b, c, d] = [0, 4, 8, 12].map(at => bytes.readInt32LE(at));
  };
  const sow = seed => {
    const bits = new Uint32Array(new Float64Array([seed]).buffer);
    let h = (bits[0] ^ Math.imul(bits[1], 0x9e3779b1)) | 0;
    const mixed = () => {
      h = (h + 0x9e3779b9) | 0;
      let z = h;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return z ^ (z >>> 16);
    };
    [a, b, c, d] = [mixed(), mixed(), mixed(), mixed() | 1];
  };
`;

const DISPLAYS = `  // What the notebook displayed, told in words.
  const raw = (type, content) =>
    console.log(type === 'text/plain' ? content : \`[\${type}, \${content.length} long]\`);
  const display = { raw };
  const types = { javascript: 'text/javascript', html: 'text/html', markdown: 'text/markdown',
    latex: 'text/latex', svg: 'image/svg+xml', png: 'image/png', jpeg: 'image/jpeg',
    gif: 'image/gif', pdf: 'application/pdf', text: 'text/plain' };
  for (const [name, type] of Object.entries(types)) {
    display[name] = content => raw(type, content);
  }
  const versions = { tslab: '', typescript: '', node: process.version };
  provided.tslab = { display, newDisplay: () => ({ ...display }), versions };
`;

const CALLS = `  // Answers for Backtrail. BACKTRAIL_METRICS names a file for the metrics of the run.
  const { appendFileSync, writeFileSync } = process.getBuiltinModule('node:fs');
  const metricsFile = process.env.BACKTRAIL_METRICS && join(process.cwd(), process.env.BACKTRAIL_METRICS);
  if (metricsFile) {
    writeFileSync(metricsFile, '');
  }
  let open, waited = null;
  const keep = call => {
    waited = call || null;
    if (!call) {
      (open ??= begin()).kept = true;
    }
  };
  const begin = (name = 'replay') => {
    const run = { id: 'replay', name, experiment: '', status: 'running', params: {}, metrics: {},
      artifacts: '', end: status => endRun(status) };
    const hidden = { kept: waited !== null && --waited === 0, steps: {} };
    for (const [key, value] of Object.entries(hidden)) {
      Object.defineProperty(run, key, { value, writable: true });
    }
    waited ||= null;
    return (open = run);
  };
  const endRun = (status = 'finished') => {
    if (open) {
      open.status = status;
      open = undefined;
    }
  };
  const logParams = params => void Object.assign((open ??= begin()).params, params);
  const logMetrics = (metrics, step) => {
    const run = (open ??= begin());
    const numbers = Object.entries(metrics)
      .map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value])
      .filter(([, value]) => typeof value === 'number');
    const last = Math.max(-1, ...numbers.map(([key]) => run.steps[key] ?? -1));
    const at = Number.isFinite(step) ? step : last + 1;
    const line = { step: at, time: Date.now() / 1000, cell: null };
    for (const [key, value] of numbers) {
      run.steps[key] = at;
      run.metrics[key] = value;
      const name = Object.hasOwn(line, key) || key.startsWith('/') ? \`/\${key}\` : key;
      line[name] = Number.isFinite(value) ? value : String(value);
    }
    if (metricsFile && run.kept && numbers.length > 0) {
      appendFileSync(metricsFile, \`\${JSON.stringify(line)}\\n\`);
    }
  };
  provided.backtrail = {
    startRun: options => {
      const { name, params = {} } = typeof options === 'string' ? { name: options } : (options ?? {});
      begin(name);
      logParams(params);
      return open;
    },
    endRun,
    activeRun: () => open,
    logParam: (key, value) => (logParams({ [key]: value }), value),
    logParams,
    logMetric: (key, value, step) => logMetrics({ [key]: value }, step),
    logMetrics,
    log: logMetrics,
    logArtifact() {}, logDataset() {}, setTag() {}, setTags() {}, note() {},
    setSeed: seed => sow(seed)
  };
`;

const MODULES = `  // Cells that are modules, in a folder of their own that finds the packages of this one.
  const fs = process.getBuiltinModule('node:fs');
  const modules = fs.mkdtempSync(join(process.getBuiltinModule('node:os').tmpdir(), 'modules-'));
  process.on('exit', () => fs.rmSync(modules, { recursive: true, force: true }));
  if (fs.existsSync('node_modules')) {
    fs.symlinkSync(join(process.cwd(), 'node_modules'), join(modules, 'node_modules'), 'junction');
  }
  const fromModules = createRequire(join(modules, 'src.js'));
  _nb.module = (name, ending, source) => {
    const path = join(modules, name + ending);
    fs.mkdirSync(join(path, '..'), { recursive: true });
    fs.writeFileSync(path, source);
    delete fromModules.cache[path];
    Object.defineProperty(provided, \`./\${name}\`, { get: () => fromModules(path), configurable: true });
  };
`;

const INTERRUPTS = `  const interrupted = (cell, seconds) => {
    globalThis.__tslab__ = { exports, require };
    const code = \`(\${cell}).call(globalThis, __tslab__.exports, __tslab__.require)\`;
    const options = { timeout: Math.max(1, Math.round(seconds * 1000)) };
    const late = new Promise((_, stop) => setTimeout(stop, options.timeout, Error('Interrupted')));
    return Promise.race([process.getBuiltinModule('node:vm').runInThisContext(code, options), late]);
  };
`;

const WAITS = `  // What goes on behind a cell goes on here until it ends, or as long as it had in the notebook.
  const active = () => process.getActiveResourcesInfo().length;
  const usual = active();
  const goneOn = async seconds => {
    const until = performance.now() + seconds * 1000;
    do {
      await new Promise(done => setImmediate(done));
      if (active() > usual) {
        await new Promise(done => setTimeout(done, 2));
      }
    } while (active() > usual && performance.now() < until);
  };
`;

function run({ random, calls, interrupts, waits }: INeeds): string {
  const before = [
    random ? 'if (how.random) _nb.random(how.random);' : '',
    calls ? 'if (how.begin) begin(how.begin);' : '',
    calls ? 'if (how.keep !== undefined) keep(how.keep);' : ''
  ].filter(Boolean);
  const call = 'cell.call(globalThis, exports, require)';
  const result = interrupts
    ? `how.interrupted === undefined ? ${call} : interrupted(cell, how.interrupted)`
    : call;
  return `  _nb.run = async () => {
    for (const { label, how, cell } of cells) {
      ${before.length ? `${before.join('\n      ')}\n      ` : ''}try {
        await (${result});
        for (const name of Object.keys(variables).filter(one => /^tsLastExpr\\d*$/.test(one))) {
          // The value of the last expression is shown.
          if (variables[name] != null) {
            console.log(variables[name]);
          }
          delete variables[name];
        }
      } catch (error) {
        console.error(error);
        if (!how.fails && how.interrupted === undefined) {
          console.error(\`Cell [\${label}] did not fail in the notebook: the script ends here.\`);
          process.exit(1);
        }
      }
      ${waits ? 'await goneOn(how.wait ?? 0);' : 'await new Promise(done => setImmediate(done));'}
    }
    // Timers that never end would keep the script from ending.
    setTimeout(() => process.exit(), 10000).unref();
  };`;
}

const END = `  return _nb;
})();`;
