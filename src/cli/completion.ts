/**
 * What a shell needs to complete the commands and options of this command line.
 */

import type { ICommand, IOption } from './command.js';

/** The shells that completion can be made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** The name of a shell. */
export type Shell = (typeof shells)[number];

/** The text that a shell is given. */
export function completionFor(
  shell: Shell,
  commands: readonly ICommand[],
  common: readonly IOption[]
): string {
  return { bash, zsh, fish }[shell](commands, common);
}

function bash(commands: readonly ICommand[], common: readonly IOption[]): string {
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words="${flags([...options, ...common]).join(' ')}" ;;`
  );
  return `_backtrail() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _backtrail backtrail
`;
}

function zsh(commands: readonly ICommand[], common: readonly IOption[]): string {
  const cases = commands.map(({ name, options }) => {
    const specs = [...options, ...common].map(option => `'${zshSpec(option)}'`);
    return `      ${name}) _arguments ${specs.join(' ')} '*:file:_files' ;;`;
  });
  return `#compdef backtrail
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

function zshSpec({ name, value, does }: IOption): string {
  const told = quoted(does).replace(/[[\]:]/g, '\\$&');
  return `--${name}${value ? '=' : ''}[${told}]${value ? `:${value}: ` : ''}`;
}

function fish(commands: readonly ICommand[], common: readonly IOption[]): string {
  const lines = commands.flatMap(({ name, does, options }) => [
    `complete -c backtrail -n __fish_use_subcommand -f -a ${name} -d '${quoted(does, "\\'")}'`,
    ...[...options, ...common].map(
      option =>
        `complete -c backtrail -n '__fish_seen_subcommand_from ${name}' -l ${option.name}${option.short ? ` -s ${option.short}` : ''}${option.value ? ' -r' : ''} -d '${quoted(option.does, "\\'")}'`
    )
  ]);
  return `${lines.join('\n')}\n`;
}

function flags(options: readonly IOption[]): string[] {
  return options.map(({ name }) => `--${name}`);
}

/** A sentence that stands between single quotation marks. */
function quoted(text: string, mark = "'\\''"): string {
  return text.replaceAll("'", mark);
}
