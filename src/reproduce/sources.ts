/**
 * What the text of a cell tells at a glance, for where the log says nothing.
 */

/** Whether a cell does nothing but import. */
export function isImportOnly(source: string): boolean {
  const code = source
    .replace(/#.*$/gm, '')
    .replace(/\([^()]*\)/g, '()')
    .replace(/\\\n/g, ' ')
    .split(/[\n;]/)
    .filter(line => line.trim() !== '');
  return code.length > 0 && code.every(line => /^\s*(?:import|from)\s/.test(line));
}

/** Whether a cell may make a folder, of which a record of files says nothing. */
export function makesFolders(source: string): boolean {
  return /mkdir|makedirs|copytree|extractall|unpack_archive|\b(?:unzip|tar|git clone)\b/.test(
    source
  );
}

/** Whether a cell may take files away, of which a record of files says nothing. */
export function removesFiles(source: string): boolean {
  return /\bos\.(?:remove|unlink|rmdir|rename|replace)|\.(?:unlink|rmdir|rename)\(|rmtree|shutil\.move|^\s*[!%]\s*(?:rm|mv|rmdir)\b|^%%(?:bash|sh)\b[^]*^\s*(?:rm|mv)\b/m.test(
    source
  );
}

/** Whether a cell may draw, or set how things are drawn. */
export function plots(source: string): boolean {
  return /plt|pyplot|plot|fig|\bax|hist|sns|seaborn|imshow|style/i.test(source);
}

/** Whether a cell may set how figures are drawn: it says so, or does more than draw. */
export function setsFigures(source: string): boolean {
  const calls = source.matchAll(/(?<![\w.])(\w+)(?:\.\w+|\[[^\]]*\])*\s*\(/g);
  return (
    /rc|style|theme|palette|backend|context|param|^\s*%/im.test(source) ||
    [...calls].some(
      ([, root]) => !/^(?:plt|pyplot|fig\w*|ax\w*|np|numpy|pd|df\w*|range|len)$/.test(root)
    )
  );
}

/** Whether a cell is the text of a file, which it writes. */
export function writesFile(source: string): boolean {
  return /^\s*%%(?:writefile|file)\b/.test(source);
}

/** Whether a cell runs a program that may write files, of which a record may have only those that are named. */
export function runsPrograms(source: string): boolean {
  const body = /^\s*%%(?:bash|sh|script|cmd|perl|ruby|pypy|python[23]?)\b[^\n]*\n([^]*)$/.exec(
    source
  )?.[1];
  const lines = body?.split('\n') ?? [...source.matchAll(SHELL)].map(([, line]) => line);
  return lines.some(line => line.trim() !== '' && !LOOKS.test(line));
}

/** Whether nothing in the text of a cell can bind or change a name of the notebook. */
export function isQuiet(source: string): boolean {
  const code = source
    .replace(PROGRAMS, '')
    .replace(LINES, '')
    .replace(/(['"])(?:\\.|(?!\1)[^\\\n])*\1/g, '')
    .replace(/#.*$/gm, '');
  return !/[=%!]|\b(?:import|def|class|for|as|del|global|exec|eval|globals|locals|vars|setattr)\b/.test(
    code
  );
}

/** Cells whose text is a program's, a file's or the page's, and none of the notebook's; `--out` binds a name. */
const PROGRAMS =
  /^\s*%%(?:writefile|file|bash|sh|script|cmd|perl|ruby|pypy|python[23]?|html|HTML|javascript|js|latex|markdown|svg|SVG)\b(?![^\n]*--(?:out|err|proc)\b)[^]*$/;
/** Lines that run programs, or set something of IPython's or of the process. */
const LINES =
  /^[ \t]*(?:!(?!!)|%(?:cd|ls|ll|mkdir|rmdir|rm|cp|mv|cat|pwd|env|set_env|pip|conda|mamba|uv|matplotlib|config|load_ext|reload_ext|who|whos|who_ls|xmode|precision|colors)\b).*$/gm;
/** Lines of a cell that go to the shell. */
const SHELL = /^[ \t]*(?:[\w, ]+=[ \t]*)?(?:!!?|%(?:sx|system)\b)(.*)$/gm;
/** Programs that only look at something, or bring packages, which the script does not. */
const LOOKS =
  /^\s*(?:#|(?:ls|ll|pwd|echo|printf|cat|head|tail|wc|which|type|date|whoami|hostname|uname|df|du|free|nproc|nvidia-smi|ps|env|sort|uniq|grep|git (?:status|log|diff|show|rev-parse|branch)|(?:uv )?(?:pip3?|conda|mamba)|python3? (?:-m pip|--version|-V))\b[^>|&;]*$)/;
