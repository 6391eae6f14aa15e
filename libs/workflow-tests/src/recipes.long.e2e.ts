import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commitAll } from '@kafka-ha/action-kit/testing';
import { listObjects, type KubeObject, type Pod } from '@kafka-ha/kube';
import { parseAllDocuments } from 'yaml';
import { loadToolImage } from './load-tool-image.ts';
import { provisionerCommand, shellSteps } from './recipe-steps.ts';
import { recipesUnderTest, root, type RecipesUnderTest } from './recipes-under-test.ts';

jest.setTimeout(300_000);

type Volume = { name: string; configMap?: { name: string } };
type JobSpec = { template: { spec: { containers: { image: string }[]; volumes: Volume[] } } };
type Objects = {
  configMap: KubeObject;
  job: KubeObject & { spec: JobSpec };
  cronJob: KubeObject & { spec: { jobTemplate: { spec: JobSpec } } };
};

const terraform = ['terraform', 'tofu'].find(isOnPath);
const withTerraform = terraform === undefined ? test.skip : test;
const withAnsible = isOnPath('ansible-playbook') ? test : test.skip;

/** Each on the cluster that the one before has left, with a change of its own. */
describe('recipes', () => {
  let it: RecipesUnderTest;
  const topics: string[] = [];

  beforeAll(async () => {
    it = await recipesUnderTest();
  });

  afterAll(() => it[Symbol.asyncDispose](), 180_000);

  test('an admin makes the accounts, and a kubeconfig of each', async () => {
    const page = await readFile(join(root, 'docs/without-github.md'), 'utf8');
    const [, commands = ''] = /^```\n(npx kafka-ha render --admin [\s\S]*?)```$/m.exec(page) ?? [];
    await it.expectDone(commands, { KUBECONFIG: it.real.kubeconfigPath });
  });

  test('GitLab: a merge request gets the proof alone; on the default branch the plan is made and carried out', async () => {
    await it.addRecipe('gitlab-ci.yml', '.gitlab-ci.yml');
    await commitAll(it.folder, 'octo/kafka');
    const asked = await gitlab('merge_request_event', '--unset-variable CI_COMMIT_BRANCH');
    expect(asked).toContain('events keeps its promise');
    expect(asked).not.toContain('kafka-ha plan');
    const deployed = await gitlab('push', '--manual deploy');
    expect(deployed).toContain('written with acks=all and read back');
    await it.expectCarriedOut();
  });

  test('GitLab: a schedule looks at the health, and changes nothing', async () => {
    const said = await gitlab('schedule');
    expect(said).toContain('kafka-ha health');
    expect(said).not.toContain('kafka-ha plan');
  });

  test('Jenkins: the steps of the stages, one after the other, carry out a change', async () => {
    await changeTopics('jenkins');
    const steps = shellSteps(await readFile(join(root, 'docs/recipes/Jenkinsfile'), 'utf8'));
    for (const { script } of steps) await it.expectDone(script);
    await it.expectCarriedOut();
  });

  withAnsible('Ansible: --check says what would change; then it is done, once', async () => {
    await it.addRecipe('playbook.yml');
    await changeTopics('ansible');
    expect(await it.expectDone('ansible-playbook playbook.yml --check')).toMatch(/changed=1 .*skipped=1/);
    expect((await it.sh('kafka-ha plan')).exitCode).toBe(3);
    expect(await it.expectDone('ansible-playbook playbook.yml')).toMatch(/changed=1 .*skipped=0/);
    await it.expectCarriedOut();
    expect(await it.expectDone('ansible-playbook playbook.yml')).toMatch(/changed=0 .*skipped=1/);
  });

  withTerraform('Terraform: a changed file is deployed, and then there is nothing to do', async () => {
    await it.addRecipe('main.tf');
    await changeTopics('terraform');
    const variables = '-input=false -no-color -var kubeconfig=deployer.kubeconfig';
    const env = { CHECKPOINT_DISABLE: '1', KUBECONFIG: '' };
    await it.expectDone(`kafka-ha plan --json > plan.json || [ $? -eq 3 ]`);
    await it.expectDone(
      `${terraform} init -no-color && ${terraform} apply -auto-approve ${variables} -var plan=plan.json`,
      env,
    );
    await it.expectCarriedOut();
    await it.expectDone(`${terraform} plan -detailed-exitcode ${variables} -var plan=plan.json`, env);
    await changeTopics('terraform-again');
    const changed = await it.sh(`${terraform} plan -detailed-exitcode ${variables}`, env);
    expect(changed).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('terraform_data.kafka must be replaced'),
    });
  });

  test.each(['', 'plan.json'])('the command in main.tf deploys, with the plan "%s"', async (plan) => {
    await changeTopics(`provisioner${plan.length}`);
    await it.expectDone('kafka-ha plan --json > plan.json || [ $? -eq 3 ]');
    const command = provisionerCommand(await readFile(join(root, 'docs/recipes/main.tf'), 'utf8'));
    await it.expectDone(command, { FILE: 'kafka-ha.yaml', PLAN: plan });
    await it.expectCarriedOut();
  });

  describe('Argo CD and Flux', () => {
    /** Of no registry: the nodes have it. */
    const [image, version] = ['ghcr.io/octo/kafka-ha', '1.2.3'];
    let objects: Objects;

    beforeAll(async () => {
      await loadToolImage(it.real, `${image}:${version}`);
      for (const name of ['kustomization', 'deploy-job', 'health-cronjob'])
        await it.addRecipe(`gitops/${name}.yaml`, `kafka/${name}.yaml`);
      const kustomization = join(it.folder, 'kafka/kustomization.yaml');
      const text = await readFile(kustomization, 'utf8');
      const mine = text
        .replace('namespace: kafka', `namespace: ${it.namespace}`)
        .replace('ghcr.io/OWNER/kafka-ha', image)
        .replace('VERSION', version);
      await writeFile(kustomization, mine);
      await it.writeClusterFile(
        { topics, brokerKeys: { 'connections.max.idle.ms': '540000' } },
        'kafka/kafka-ha.yaml',
      );
      objects = await kustomized();
    }, 600_000);

    test('each object of the folder is taken as it is, and has the image of the release and the file', async () => {
      await apply(Object.values(objects), '--dry-run=server');
      const templates = [objects.job.spec.template, objects.cronJob.spec.jobTemplate.spec.template] as const;
      for (const { spec } of templates) {
        expect(spec.containers[0]!.image).toBe(`${image}:${version}`);
        expect(spec.volumes[0]!.configMap).toEqual({ name: objects.configMap.metadata.name });
      }
    });

    test('another file is another Job', async () => {
      await it.writeClusterFile({ topics: [...topics, 'another'] }, 'kafka/kafka-ha.yaml.other');
      await it.expectDone('mv kafka/kafka-ha.yaml mine && mv kafka/kafka-ha.yaml.other kafka/kafka-ha.yaml');
      const other = await kustomized();
      await it.expectDone('mv mine kafka/kafka-ha.yaml');
      expect(other.job.spec).not.toEqual(objects.job.spec);
    });

    test('after a sync the Job rolls: each broker is another pod, and nothing is left to do', async () => {
      const before = await brokerPods();
      const { configMap, job } = objects;
      await apply([configMap, job]);
      await expectJob('events-deploy', 'Complete');
      expect(before).toHaveLength(3);
      expect((await brokerPods()).filter((uid) => before.includes(uid))).toEqual([]);
      await it.expectCarriedOut('kafka/kafka-ha.yaml');
      await it.expectDone(`kubectl delete job events-deploy --namespace ${it.namespace}`, admin());
    });

    test('the CronJob ends well while the cluster is healthy, and fails while it is not', async () => {
      await apply([objects.cronJob]);
      await look('healthy', 'Complete');

      // By hand, with a file that asks for more brokers than there are.
      await it.writeClusterFile({ topics, brokers: 5 });
      await it.expectDone(
        `kubectl create configmap cluster-file --namespace ${it.namespace} --from-file kafka-ha.yaml`,
        admin(),
      );
      await apply([withFile(objects.cronJob, 'cluster-file')]);
      await look('unhealthy', 'Failed');
    });

    async function look(name: string, end: 'Complete' | 'Failed'): Promise<void> {
      await it.expectDone(
        `kubectl create job ${name} --from=cronjob/events-health --namespace ${it.namespace}`,
        admin(),
      );
      await expectJob(name, end);
    }

    async function kustomized(): Promise<Objects> {
      const file = join(it.folder, 'kustomized.yaml');
      await it.expectDone(`kubectl kustomize kafka > ${file}`, admin());
      const all = parseAllDocuments(await readFile(file, 'utf8')).map((each) => each.toJS() as KubeObject);
      await rm(file);
      const found = (kind: string) => all.find((object) => object.kind === kind);
      expect(all).toHaveLength(3);
      return {
        configMap: found('ConfigMap'),
        job: found('Job'),
        cronJob: found('CronJob'),
      } as Objects;
    }

    /** A field that Kubernetes does not know is refused. */
    async function apply(items: KubeObject[], options = ''): Promise<void> {
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      await writeFile(join(it.folder, 'applied.json'), list);
      await it.expectDone(
        `kubectl apply --server-side --validate=strict ${options} -f applied.json`,
        admin(),
      );
    }

    async function expectJob(name: string, end: 'Complete' | 'Failed'): Promise<void> {
      const { exitCode } = await it.sh(
        `kubectl wait job/${name} --namespace ${it.namespace} --for=condition=${end} --timeout=240s`,
        admin(),
      );
      if (exitCode === 0) return;
      const log = await it.sh(`kubectl logs job/${name} --namespace ${it.namespace} --tail=50`, admin());
      throw new Error(`the job ${name} is not ${end}:\n${log.output}`);
    }

    async function brokerPods(): Promise<(string | undefined)[]> {
      const pods = await listObjects<Pod>(it.real.kube, {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: it.namespace,
      });
      return pods
        .filter(({ metadata }) => metadata.name.startsWith('events-kafka-'))
        .map(({ metadata }) => metadata.uid);
    }
  });

  /** What the pipeline of a source says. Its jobs have the kubeconfig of their environment and no other. */
  async function gitlab(source: string, more = ''): Promise<string> {
    const values = { production: it.kubeconfigs.deployer, 'production-health': it.kubeconfigs.health };
    const variables = { KUBECONFIG: { type: 'variable', values } };
    await writeFile(join(it.folder, '.gitlab-ci-local-variables.yml'), JSON.stringify(variables));
    const command = `node '${join(root, 'tools/gitlab.mjs')}' --variable CI_PIPELINE_SOURCE=${source} ${more}`;
    return it.expectDone(command, { KUBECONFIG: '' });
  }

  /** A change that restarts nobody. */
  async function changeTopics(name: string): Promise<void> {
    topics.push(name);
    await it.writeClusterFile({ topics });
  }

  function admin(): Record<string, string> {
    return { KUBECONFIG: it.real.kubeconfigPath };
  }
});

/** Its file out of another ConfigMap. */
function withFile(cronJob: Objects['cronJob'], configMap: string): Objects['cronJob'] {
  const other = structuredClone(cronJob);
  for (const volume of other.spec.jobTemplate.spec.template.spec.volumes)
    if (volume.name === 'cluster-file') volume.configMap = { name: configMap };
  return other;
}

/** Where one of them is not, its test says that it is skipped. */
function isOnPath(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
