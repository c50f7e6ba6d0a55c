import type { KernelMessage } from '@jupyterlab/services';
import type { IAttachOptions, IAttachReply, IKernelLanguage } from './language.js';

/**
 * Finds the tracker in the kernel and calls it.
 *
 * #### Notes
 * Runs in a namespace of its own, and imports nothing by names that the user could have shadowed.
 * An installed package of the same version is preferred, so that `import backtrail` in a cell and
 * the tracker are one; else the package is loaded from where the server has it, with `sys.path`
 * left as it is. Where capture is off nothing is loaded at all.
 */
const LOADER = `
import importlib, importlib.util, json, os, sys

class Reply:
    def __init__(self, text):
        self.text = text
    def __repr__(self):
        return self.text

def failed(message):
    return json.dumps({"state": "failed", "message": message})

def forget():
    for name in [n for n in sys.modules if n == "backtrail" or n.startswith("backtrail.")]:
        del sys.modules[name]

def installed(version):
    spec = importlib.util.find_spec("backtrail")
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not any(os.path.isfile(os.path.join(place, "tracker", "attach.py")) for place in places):
        return False
    if getattr(importlib.import_module("backtrail"), "__version__", None) == version:
        return True
    forget()
    return False

def load(location):
    folder = os.path.join(location, "backtrail")
    path = os.path.join(folder, "__init__.py")
    spec = importlib.util.spec_from_file_location("backtrail", path, submodule_search_locations=[folder])
    package = importlib.util.module_from_spec(spec)
    sys.modules["backtrail"] = package
    try:
        spec.loader.exec_module(package)
    except BaseException:
        forget()
        raise

def tracker(options):
    module = sys.modules.get("backtrail.tracker.attach")
    if module is None and options["capture"]:
        if sys.version_info < (3, 9):
            raise LookupError("Backtrail records Python 3.9 and newer, and this kernel is %d.%d: use a newer one." % sys.version_info[:2])
        if "backtrail" not in sys.modules and not installed(options["version"]):
            if not os.path.isfile(os.path.join(options["location"], "backtrail", "__init__.py")):
                raise LookupError("Backtrail is not installed where this kernel runs: install it there with pip install backtrail.")
            load(options["location"])
        module = importlib.import_module("backtrail.tracker.attach")
    return module

def call(function, text):
    options = json.loads(text)
    try:
        module = tracker(options)
        if module is None:
            return Reply(json.dumps({"state": "off"}))
        return Reply(module.attach(text) if function == "attach" else module.new_run())
    except LookupError as error:
        return Reply(failed(str(error.args[0]) if error.args else "The tracker could not be found."))
    except BaseException as error:
        return Reply(failed("The tracker could not be started in this kernel: %s: %s" % (type(error).__name__, error)))
`;

/**
 * The Python expression that calls a function of the tracker.
 *
 * @param call - the function of `backtrail.tracker.attach`
 */
export function pythonExpression(call: 'attach' | 'new_run', options: IAttachOptions): string {
  // JSON's string literals are Python's as well.
  const [source, name, text] = [LOADER, call, JSON.stringify(options)].map(part =>
    JSON.stringify(part)
  );
  return (
    `(lambda b, g: (b.exec(${source}, g), g["call"](${name}, ${text}))[1])` +
    `(__import__("builtins"), {"__name__": "backtrail_loader"})`
  );
}

function request(expression: string): KernelMessage.IExecuteRequestMsg['content'] {
  return {
    code: '',
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false,
    user_expressions: { backtrail: expression }
  };
}

/** One value of `user_expressions` as kernels answer it. */
interface IExpressionReply {
  status?: string;
  data?: { 'text/plain'?: string };
  ename?: string;
  evalue?: string;
}

function read(content: KernelMessage.IExecuteReplyMsg['content']): IAttachReply | null {
  if (content.status !== 'ok') {
    // Behind a failing cell the kernel aborts what is queued, this request as well.
    return null;
  }
  const answer = content.user_expressions?.['backtrail'] as IExpressionReply | undefined;
  if (answer?.status !== 'ok') {
    const why = answer?.ename ? `${answer.ename}: ${answer.evalue ?? ''}` : 'it did not answer';
    return { state: 'failed', message: `The tracker could not be started in this kernel: ${why}.` };
  }
  try {
    return JSON.parse(answer.data?.['text/plain'] ?? '') as IAttachReply;
  } catch {
    return {
      state: 'failed',
      message: 'The tracker in this kernel gave an answer that is not JSON.'
    };
  }
}

/** IPython kernels. */
export const python: IKernelLanguage = {
  serves: ({ language }) => /^i?python\d?$/i.test(language),
  isCounted: false,
  attach: options => request(pythonExpression('attach', options)),
  newRun: options => request(pythonExpression('new_run', options)),
  read
};
