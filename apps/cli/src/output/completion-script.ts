import type { Command, Option } from 'commander';

/** A command by the words that lead to it: `local up`. The tool itself is the empty one. */
type Entry = { path: string; commands: readonly Command[]; options: readonly Option[] };

/** What a shell reads to complete the commands and options of a program. Files are completed where nothing else is known. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const entries = entriesOf(program, '');
  switch (shell) {
    case 'bash':
      return bash(entries);
    case 'zsh':
      return zsh(entries);
    case 'fish':
      return fish(entries);
  }
}

function entriesOf(command: Command, path: string, inherited: readonly Option[] = []): Entry[] {
  const { commands } = command;
  const options = [...command.createHelp().visibleOptions(command), ...inherited];
  // Those of the whole tool go with every command, but for what only tells its version.
  const passedOn = options.filter(({ long }) => long !== '--version' && long !== '--help');
  const below = commands.flatMap((each) =>
    entriesOf(each, `${path} ${each.name()}`.trim(), path === '' ? passedOn : inherited),
  );
  return [{ path, commands, options }, ...below];
}

/** The words that are commands so far, whatever options stand between them. */
const findPath = (entries: readonly Entry[], words: string) => `  local each found=''
  for each in ${words}; do
    case "$found $each" in
      ${entries
        .filter(({ path }) => path !== '')
        .map(({ path }) => (path.includes(' ') ? `'${path}'` : `' ${path}'`))
        .join('|')}) found="\${found:+$found }$each" ;;
    esac
  done
`;

function bash(entries: readonly Entry[]): string {
  const values = entries.flatMap(({ path, options }) =>
    options.flatMap(({ long, argChoices }) =>
      argChoices === undefined ? [] : [`    '${path} ${long}') words='${argChoices.join(' ')}' ;;\n`],
    ),
  );
  const words = entries.map(
    ({ path, commands, options }) =>
      `      '${path}') words='${[...commands.map((each) => each.name()), ...flagsOf(options)].join(' ')}' ;;\n`,
  );
  return `# Completion of kafka-ha for bash.
_kafka_ha() {
  local words=''
${findPath(entries, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}  case "$found \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('')}    *) case "$found" in
${words.join('')}    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kafka_ha kafka-ha
`;
}

function zsh(entries: readonly Entry[]): string {
  const described = (name: string, text: string) => quoted(`${name.replaceAll(':', '\\:')}:${text}`);
  const cases = entries.map(({ path, commands, options }) => {
    const names = commands.map((each) => described(each.name(), each.summary()));
    const flags = options.flatMap((each) => flagsOf([each]).map((flag) => described(flag, each.description)));
    return `    '${path}')
      candidates=(${names.join(' ')})
      flags=(${flags.join(' ')}) ;;
`;
  });
  return `#compdef kafka-ha
# Completion of kafka-ha for zsh.
_kafka_ha() {
  local -a candidates flags
${findPath(entries, '"${(@)words[2,CURRENT-1]}"')}  case "$found" in
${cases.join('')}  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o option flags
  elif (( \${#candidates} )); then
    _describe command candidates
  else
    _files
  fi
}
compdef _kafka_ha kafka-ha
`;
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ path, commands, options }) => {
    const last = path.split(' ').at(-1);
    const when = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${last}`;
    const begin = `complete -c kafka-ha -n ${quoted(when)}`;
    return [
      ...commands.map((each) => `${begin} -f -a ${each.name()} -d ${quoted(each.summary())}`),
      ...options.map(({ long, short, required, argChoices, description }) =>
        [
          begin,
          ...(long === undefined || long === null ? [] : [`-l ${long.slice(2)}`]),
          ...(short === undefined || short === null ? [] : [`-s ${short.slice(1)}`]),
          ...(argChoices === undefined
            ? required
              ? ['-r']
              : []
            : [`-x -a ${quoted(argChoices.join(' '))}`]),
          `-d ${quoted(description)}`,
        ].join(' '),
      ),
    ];
  });
  return `# Completion of kafka-ha for fish.\n${lines.join('\n')}\n`;
}

function flagsOf(options: readonly Option[]): string[] {
  return options.flatMap(({ long, short }) => [long, short]).filter((flag) => typeof flag === 'string');
}

/** Both zsh and fish take nothing in it for more than text. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '').replaceAll("'", '’')}'`;
}
