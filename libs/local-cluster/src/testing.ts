export { dockerForTests, whyNoDocker, type DockerForTests } from './testing/docker/docker-for-tests.ts';
