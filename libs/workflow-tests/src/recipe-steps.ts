/** What the `sh` steps of a Jenkinsfile run, by the stage that they are in, in their order. */
export function shellSteps(jenkinsfile: string): { stage: string; script: string }[] {
  const stages = jenkinsfile.split(/^ *stage\('/m).slice(1);
  return stages.flatMap((text) => {
    const stage = text.slice(0, text.indexOf("'"));
    return [...text.matchAll(/^ *sh (?:'''([\s\S]*?)'''|'([^'\n]*)')$/gm)].map(([, lines, line]) => ({
      stage,
      script: (lines ?? line ?? '').trim(),
    }));
  });
}

/** What the provisioner of a Terraform file runs: its command as a shell gets it. */
export function provisionerCommand(configuration: string): string {
  const [, command = ''] = /^ *command = "(.*)"$/m.exec(configuration) ?? [];
  return command.replaceAll('\\"', '"').replaceAll('$${', '${');
}
