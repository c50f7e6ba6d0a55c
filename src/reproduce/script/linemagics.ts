/**
 * Line magics and shell lines, as Python.
 */

import { literal, quoted, quotedBlock } from './quote.js';
import { isExpression } from './syntax.js';
import {
  argument,
  comment,
  expression,
  options,
  problem,
  statements,
  type IMagicContext,
  type Translation
} from './translation.js';

type LineMagic = (text: string, context: IMagicContext) => Translation;

/** Magics that only look, or that set how IPython looks: a script does not need them. */
const withoutEffect = [
  ...[
    'aimport',
    'alias_magic',
    'autoawait',
    'autocall',
    'automagic',
    'autoreload',
    'autosave',
    'colors'
  ],
  ...[
    'conda',
    'config',
    'connect_info',
    'debug',
    'dhist',
    'dirs',
    'doctest_mode',
    'edit',
    'env_list',
    'gui'
  ],
  ...[
    'hist',
    'history',
    'killbgscripts',
    'load',
    'load_ext',
    'loadpy',
    'logoff',
    'logon',
    'logstart',
    'logstate'
  ],
  ...[
    'logstop',
    'lsmagic',
    'magic',
    'mamba',
    'man',
    'matplotlib',
    'micromamba',
    'notebook',
    'page',
    'pastebin'
  ],
  ...[
    'pdb',
    'pdef',
    'pdoc',
    'pfile',
    'pinfo',
    'pinfo2',
    'pip',
    'pprint',
    'precision',
    'psearch',
    'psource'
  ],
  ...[
    'pycat',
    'qtconsole',
    'quickref',
    'reload_ext',
    'subshell',
    'tb',
    'unalias',
    'unload_ext',
    'uv',
    'who'
  ],
  ...[
    'who_ls',
    'whos',
    'xmode',
    'code_wrap',
    'less',
    'more',
    'tensorboard',
    'watermark',
    'black',
    'lab_black'
  ]
];

/** Shell commands that IPython knows as magics. */
const shellAliases = [
  'cat',
  'cp',
  'ldir',
  'lf',
  'lk',
  'll',
  'ls',
  'lx',
  'mkdir',
  'mv',
  'rm',
  'rmdir'
];

/** Shell lines that only bring packages: the versions are in the header. */
const installs =
  /^\s*(?:\S*python[\d.]*\s+-m\s+|\{sys\.executable\}\s+-m\s+|sudo\s+)?(?:uv\s+)?(?:pip3?|conda|mamba|micromamba|apt|apt-get)\s+(?:-\S+\s+)*(?:install|uninstall|remove|update|upgrade|add|list|show|freeze)\b[^|&;<>]*$/;

const table = new Map<string, LineMagic>([
  ...withoutEffect.map(name => [name, () => comment] as [string, LineMagic]),
  ...shellAliases.map(
    name =>
      [name, (text, context) => shell(`${name} ${text}`.trim(), context)] as [string, LineMagic]
  ),
  ['time', time],
  ['timeit', (text, context) => timeit(text, undefined, context)],
  ['prun', (text, context) => code(options(text, 'lsTD').rest, context)],
  ['cd', changeFolder],
  ['pwd', (_, { nb }) => expression(`${nb}.os.getcwd()`, true)],
  ['env', environment],
  ['set_env', environment],
  ['run', run],
  ['xdel', text => statements(`del ${options(text, '').rest}`)],
  ['pylab', (_, { nb }) => expression(`${nb}.pylab()`)],
  ['sx', lines],
  ['sc', () => problem('%sc')],
  ['system', lines],
  ['capture', () => problem('%capture')]
]);

/** Whether IPython knows a magic of that name by itself. */
export function isLineMagic(name: string): boolean {
  return table.has(name);
}

/** A line magic, without its `%`. */
export function lineMagic(text: string, context: IMagicContext): Translation {
  const [, name = '', rest = ''] = /^(\S*)\s*([\s\S]*?)\s*$/.exec(text) ?? [];
  if (name.endsWith('?') || rest.endsWith('?')) {
    return comment;
  }
  return table.get(name)?.(rest, context) ?? problem(`%${name}`);
}

/** A shell line, without its `!`. */
export function shell(text: string, context: IMagicContext): Translation {
  if (installs.test(text)) {
    return comment;
  }
  return expression(`${context.nb}.shell(${argument(text.trim(), context)})`);
}

/** A shell line whose lines of output are a value: `x = !ls`, `!!ls`, `%sx ls`. */
export function lines(text: string, context: IMagicContext): Translation {
  return expression(`${context.nb}.lines(${argument(text.trim(), context)})`, true);
}

/** `,f a b`, `;f a b` and `/f a b`: calls without brackets. */
export function call(escape: ',' | ';' | '/', text: string): Translation {
  const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*?)\s*$/.exec(text) ?? [];
  if (escape === ';') {
    return expression(`${name}(${quoted(rest)})`, true);
  }
  const words = rest === '' ? [] : rest.split(/\s+/);
  const values = escape === ',' ? words.map(quoted) : words;
  return expression(`${name}(${values.join(', ')})`, true);
}

/** `%timeit` and `%%timeit`. */
export function timeit(
  text: string,
  body: string | undefined,
  context: IMagicContext
): Translation {
  const { flags, rest } = options(text, 'nrp');
  const timed = body === undefined ? context.body(rest, false) : context.body(body, false);
  const values = [quotedBlock(timed.trim())];
  if (body !== undefined && rest !== '') {
    values.push(`setup=${quoted(context.body(rest, false))}`);
  }
  for (const [flag, name] of [
    ['n', 'number'],
    ['r', 'repeat']
  ] as const) {
    const value = Number(flags.get(flag) ?? 0);
    if (Number.isInteger(value) && value > 0) {
      values.push(`${name}=${value}`);
    }
  }
  const result = flags.has('o');
  if (result) {
    values.push(`result=${literal(true)}`);
  }
  return expression(`${context.nb}.timeit(${values.join(', ')})`, result);
}

function time(text: string, context: IMagicContext): Translation {
  const { rest } = options(text, '');
  if (rest === '') {
    return comment;
  }
  return isExpression(rest) && !/\bawait\b/.test(rest)
    ? expression(`${context.nb}.timed_value(lambda: ${rest})`, true)
    : statements(`with ${context.nb}.timed():\n    ${context.body(rest, false)}`);
}

function code(text: string, context: IMagicContext): Translation {
  return text === '' ? comment : statements(context.body(text, false));
}

function changeFolder(text: string, context: IMagicContext): Translation {
  const { rest } = options(text.replace(/^-q\s*|\s+-q$/g, ''), '');
  if (/^-(?:b|\d|-)/.test(rest)) {
    return problem(`%cd ${rest}`);
  }
  const folder = rest.replace(/^(['"])(.*)\1$/, '$2');
  return expression(`${context.nb}.chdir(${argument(folder || '~', context)})`);
}

function environment(text: string, context: IMagicContext): Translation {
  const { nb } = context;
  const set = /^([^\s=]+)\s*=\s*([\s\S]*)$|^([^\s=]+)\s+([\s\S]+)$/.exec(text);
  if (set) {
    const name = argument(set[1] ?? set[3], context);
    return statements(`${nb}.os.environ[${name}] = ${argument(set[2] ?? set[4], context)}`);
  }
  // The whole environment would print what nobody wants in an output, and changes nothing.
  return text === '' ? comment : expression(`${nb}.os.environ[${argument(text, context)}]`, true);
}

function run(text: string, context: IMagicContext): Translation {
  const { flags, rest } = options(text, 'N');
  const notebook = /^(['"]?)(.*\.ipynb)\1$/.exec(rest)?.[2];
  if (notebook !== undefined) {
    return expression(`${context.nb}.run_notebook(${argument(notebook, context)})`);
  }
  if (rest === '' || [...flags.keys()].some(flag => !'ine'.includes(flag))) {
    return problem(`%run ${text}`);
  }
  const values = [argument(rest, context)];
  if (flags.has('i')) {
    values.push('inside=True');
  }
  if (flags.has('n')) {
    values.push('main=False');
  }
  return expression(`${context.nb}.run(${values.join(', ')})`);
}
