/** A login plugin's part of a kubeconfig. */
export type LoginPlugin = { args?: unknown; env?: unknown };

/** Names of flags and variables whose values are no secret, and would be missed in the output. */
const harmlessName =
  /region|cluster|profile|output|login$|environment|account$|path$|home$|interval|verbos|-v$/i;
/** Words that plugins are commonly called with. */
const harmlessWord = /^(get-token|get-credentials|oidc-login|convert-kubeconfig|credential-process)$/;

/**
 * What a login plugin is given that may be a secret: values of its flags and variables, and words on their own. Bare flags
 * are none, nor what a name such as `--region` says to be harmless.
 */
export function pluginSecrets({ args, env }: LoginPlugin): string[] {
  return [...secretArguments(texts(args)), ...secretVariables(env)].filter(
    (word) => !harmlessWord.test(word),
  );
}

function secretArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const [flag = '', ...value] = arg.startsWith('-') ? arg.split('=') : [];
    if (flag !== '') return value.length === 0 || harmlessName.test(flag) ? [] : [value.join('=')];
    const before = args[index - 1] ?? '';
    const isHarmless = before.startsWith('-') && !before.includes('=') && harmlessName.test(before);
    return isHarmless ? [] : [arg];
  });
}

function secretVariables(env: unknown): string[] {
  if (!Array.isArray(env)) return [];
  return (env as ({ name?: unknown; value?: unknown } | null)[]).flatMap((entry) => {
    const isHarmless = typeof entry?.name === 'string' && harmlessName.test(entry.name);
    return isHarmless ? [] : texts([entry?.value]);
  });
}

function texts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}
