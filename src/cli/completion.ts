/**
 * What a shell needs to complete the commands and options of this command line.
 */

import type { Completed, ICommand, IOption } from './command.js';

/** The shells that completion can be made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** The name of a shell. */
export type Shell = (typeof shells)[number];

/** What asks the command line itself for the words of the history: an error there must not be seen. */
const ask = (what: string): string => `backtrail completion ${what} 2>/dev/null`;

/** The text that a shell is given. */
export function completionFor(
  shell: Shell,
  commands: readonly ICommand[],
  common: readonly IOption[]
): string {
  return { bash, zsh, fish }[shell](commands, common);
}

function bash(commands: readonly ICommand[], common: readonly IOption[]): string {
  const cases = commands.map(({ name, options, completes }) => {
    const words = flags([...options, ...common]).join(' ');
    return `    ${name}) options="${words}" words='${bashWords(completes)}' ;;`;
  });
  const values = valuesOf(commands, common).map(
    ({ name, completes, owners }) =>
      `    ${owners.map(owner => `${owner}.--${name}`).join('|')}) words='${bashWords(completes)}' ;;`
  );
  return `_backtrail() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" options="" words=""
  local before="\${COMP_WORDS[COMP_CWORD-1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$current"))
    return
  fi
  # "--sort=KEY" comes as three words.
  if [ "$current" = "=" ]; then
    current=""
  elif [ "$before" = "=" ]; then
    before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "$command" in
${cases.join('\n')}
  esac
  case "$command.$before" in
${values.join('\n')}
    *) case "$current" in -*) COMPREPLY=($(compgen -W "$options" -- "$current")); return ;; esac ;;
  esac
  COMPREPLY=($(eval "$words"))
}
complete -o filenames -F _backtrail backtrail
`;
}

/** What bash runs for the words that may stand there. */
function bashWords(completes: Completed | undefined): string {
  const among = (words: string): string => `compgen -W "${words}" -- "$current"`;
  switch (completes) {
    case 'keys':
      return among(`$(${ask('keys')})`);
    case 'run':
      return among(`$(${ask('runs')})`);
    case 'run or file':
      return `${among(`$(${ask('runs')})`)}; compgen -f -- "$current"`;
    case 'folder':
      return 'compgen -d -- "$current"';
    case 'file':
      return 'compgen -f -- "$current"';
    case undefined:
      return '';
    default:
      return among(completes.join(' '));
  }
}

function zsh(commands: readonly ICommand[], common: readonly IOption[]): string {
  const cases = commands.map(({ name, options, completes }) => {
    const specs = [...options, ...common].map(option => `'${zshSpec(option)}'`);
    const rest = completes === undefined ? '' : ` '*: :${zshWords(completes)}'`;
    return `      ${name}) _arguments ${specs.join(' ')}${rest} ;;`;
  });
  return `#compdef backtrail
_backtrail_words() {
  local -a words
  words=(\${(f)"$(backtrail completion $1 2>/dev/null)"})
  compadd -a words
}
_backtrail_runs() { _backtrail_words runs }
_backtrail_keys() { _backtrail_words keys }
_backtrail_runs_or_files() { _backtrail_words runs; _files }
_backtrail() {
  local -a commands
  commands=(
${commands.map(({ name, does }) => `    '${name}:${quoted(does)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
${cases.join('\n')}
    esac
  fi
}
compdef _backtrail backtrail
`;
}

function zshSpec({ name, value, does, completes }: IOption): string {
  const told = quoted(does).replace(/[[\]:]/g, '\\$&');
  const action = completes === undefined ? ' ' : zshWords(completes);
  return `--${name}${value ? '=' : ''}[${told}]${value ? `:${value}:${action}` : ''}`;
}

function zshWords(completes: Completed): string {
  switch (completes) {
    case 'keys':
      return '_backtrail_keys';
    case 'run':
      return '_backtrail_runs';
    case 'run or file':
      return '_backtrail_runs_or_files';
    case 'folder':
      return '_directories';
    case 'file':
      return '_files';
    default:
      return `(${completes.join(' ')})`;
  }
}

function fish(commands: readonly ICommand[], common: readonly IOption[]): string {
  const lines = commands.flatMap(({ name, does, options, completes }) => {
    const seen = `complete -c backtrail -n '__fish_seen_subcommand_from ${name}'`;
    const words = completes === undefined ? ' -f' : fishWords(completes);
    return [
      `complete -c backtrail -n __fish_use_subcommand -f -a ${name} -d '${quoted(does, "\\'")}'`,
      ...(words ? [`${seen}${words}`] : []),
      ...[...options, ...common].map(option => {
        const short = option.short ? ` -s ${option.short}` : '';
        const takes = option.value ? ` -r${fishWords(option.completes ?? [])}` : '';
        return `${seen} -l ${option.name}${short}${takes} -d '${quoted(option.does, "\\'")}'`;
      })
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** The part of a line of fish that gives the words; '' for files, which it offers by itself. */
function fishWords(completes: Completed): string {
  switch (completes) {
    case 'keys':
      return ` -f -a '(${ask('keys')})'`;
    case 'run':
      return ` -f -a '(${ask('runs')})'`;
    case 'run or file':
      return ` -a '(${ask('runs')})'`;
    case 'folder':
      return " -f -a '(__fish_complete_directories)'";
    case 'file':
      return '';
    default:
      return completes.length ? ` -f -a '${completes.join(' ')}'` : ' -f';
  }
}

/** The options whose values can be completed, each with the commands that have it so. */
function valuesOf(
  commands: readonly ICommand[],
  common: readonly IOption[]
): { name: string; completes: Completed | undefined; owners: string[] }[] {
  const found = new Map<
    string,
    { name: string; completes: Completed | undefined; owners: string[] }
  >();
  for (const { name: owner, options } of commands) {
    for (const { name, value, completes } of [...options, ...common]) {
      if (value !== undefined) {
        const key = JSON.stringify([name, completes]);
        const known = found.get(key) ?? { name, completes, owners: [] };
        known.owners.push(owner);
        found.set(key, known);
      }
    }
  }
  return [...found.values()];
}

function flags(options: readonly IOption[]): string[] {
  return options.map(({ name }) => `--${name}`);
}

/** A sentence that stands between single quotation marks. */
function quoted(text: string, mark = "'\\''"): string {
  return text.replaceAll("'", mark);
}
